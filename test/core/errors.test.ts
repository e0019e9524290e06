import { inspect } from 'node:util';
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

  it('keeps of its cause the name and the code, and no words', () => {
    const cause = Object.assign(new TypeError('connect to amina.example'), {
      code: 'ECONNRESET',
      hostname: 'amina.example',
      data: 'Amina',
    });

    const error = new WhatsAppError(failure, cause);

    expect(error.cause).to.include({ name: 'TypeError', code: 'ECONNRESET' });
    expect(inspect(error, { showHidden: true })).not.to.match(/amina/i);
  });

  it('keeps a cause that is an error of ours, and takes any other', () => {
    const cause = new WhatsAppError(failure);

    expect(new WhatsAppError(failure, cause).cause).to.equal(cause);
    for (const thrown of ['text', null, 1, { code: '+15550100123' }]) {
      expect(new WhatsAppError(failure, thrown).cause).to.include({
        message: 'Error',
      });
    }
  });
});
