import { expect } from 'chai';
import {
  need,
  needId,
  needToken,
  readConfiguration,
} from '../../src/core/configuration';
import { throws } from '../rejects';

describe('readConfiguration', () => {
  it('trims pasted values and writes numbers as text', () => {
    const given = { apiToken: ' T\n', phoneNumberId: 123, other: true };

    expect(readConfiguration(given)).to.deep.equal({
      apiToken: 'T',
      phoneNumberId: '123',
    });
    expect(given.apiToken).to.equal(' T\n');
  });

  it('leaves out blank values, as a form saves them', () => {
    expect(readConfiguration({ apiToken: ' ', wabaId: null })).to.deep.equal(
      {},
    );
  });

  it('takes the absence of a credential for an empty one', () => {
    expect(readConfiguration(undefined)).to.deep.equal({});
  });

  it('refuses an ID that lost its last digits as a number', () => {
    const error = throws(
      () => readConfiguration({ phoneNumberId: 12345678901234567890 }),
      { code: 'CONFIGURATION_INVALID' },
    );
    expect(error.description).to.contain('phoneNumberId');
    expect(error.fix).to.contain('quotes');
  });

  it('says what a value is that is no text', () => {
    for (const [apiToken, what] of [
      [{ token: 'T' }, 'an object'],
      [['T'], 'a list'],
      [true, 'a boolean'],
    ] as const) {
      const { description } = throws(() => readConfiguration({ apiToken }));
      expect(description).to.contain(`is ${what}, not text`);
    }
  });
});

describe('need', () => {
  it('names the missing key and where to find its value', () => {
    const error = throws(() => need({}, 'phoneNumberId'), {
      code: 'CONFIGURATION_MISSING',
      sent: 'no',
    });
    expect(error.message).to.contain('The credential has no phoneNumberId.');
    expect(error.fix).to.contain('Choose a credential');
    expect(error.fix).to.contain('not the phone number itself');
  });
});

describe('needToken', () => {
  for (const apiToken of ['Bearer T', 'T\r\nx: y', 'Tökén', "'T'", '"T"']) {
    it(`refuses ${JSON.stringify(apiToken)} without quoting it`, () => {
      const error = throws(() => needToken({ apiToken }), {
        code: 'CONFIGURATION_INVALID',
      });
      expect(error.message).not.to.contain(apiToken);
    });
  }
});

describe('needId', () => {
  it('refuses a phone number in the place of its ID', () => {
    throws(() => needId({ phoneNumberId: '+1 555 0100' }, 'phoneNumberId'), {
      code: 'CONFIGURATION_INVALID',
    });
  });
});
