import { expect } from 'chai';
import { WhatsAppError } from '../../src/core/errors';

describe('WhatsAppError', () => {
  const failure = { code: 'A_CODE', description: 'It broke.', fix: 'Mend it.' };

  it('says all of it in its message', () => {
    expect(new WhatsAppError(failure).message).to.equal(
      'It broke. Mend it. (A_CODE)',
    );
  });

  it('has its facts, and nothing else, as own enumerable properties', () => {
    const error = new WhatsAppError(
      { ...failure, statusCode: 400 },
      new Error('cause'),
    );

    expect({ ...error }).to.deep.equal({ ...failure, statusCode: 400 });
    expect(error.name).to.equal('WhatsAppError');
    expect(error.cause).to.be.instanceOf(Error);
    expect(error.stack).to.contain('errors.test');
  });
});
