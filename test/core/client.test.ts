import { connect } from '../../src/core/client';
import { expect } from 'chai';
import { throws } from '../rejects';

describe('connect', () => {
  it('trims pasted values and writes numbers as text', () => {
    const given = { apiToken: ' T\n', phoneNumberId: 123, other: true };

    const client = connect(given);
    expect(client.need('apiToken')).to.equal('T');
    expect(client.need('phoneNumberId')).to.equal('123');
    expect(given.apiToken).to.equal(' T\n');
  });

  it('leaves out blank values, as a form saves them', () => {
    const client = connect({ apiToken: ' ', wabaId: null });
    throws(() => client.need('apiToken'), { code: 'CONFIGURATION_MISSING' });
    throws(() => client.need('wabaId'), { code: 'CONFIGURATION_MISSING' });
  });

  it('takes the absence of a credential for an empty one', () => {
    expect(connect(undefined).secrets.filter(Boolean)).to.deep.equal([]);
  });

  it('refuses an ID that lost its last digits as a number', () => {
    const error = throws(
      () => connect({ phoneNumberId: 12345678901234567890 }),
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
      const { description } = throws(() => connect({ apiToken }));
      expect(description).to.contain(`is ${what}, not text`);
    }
  });
});

describe('a value of the credential that is needed', () => {
  it('names the missing key and where to find its value', () => {
    const error = throws(() => connect({}).need('phoneNumberId'), {
      code: 'CONFIGURATION_MISSING',
      sent: 'no',
    });
    expect(error.message).to.contain('The credential has no phoneNumberId.');
    expect(error.fix).to.contain('Choose a credential');
    expect(error.fix).to.contain('not the phone number itself');
  });
});

describe('the token of a client', () => {
  for (const apiToken of ['Bearer T', 'T\r\nx: y', 'Tökén', "'T'", '"T"']) {
    it(`refuses ${JSON.stringify(apiToken)} without quoting it`, () => {
      const error = throws(() => connect({ apiToken }).token, {
        code: 'CONFIGURATION_INVALID',
      });
      expect(error.message).not.to.contain(apiToken);
    });
  }
});

describe('an ID of a client', () => {
  it('refuses a phone number in the place of its ID', () => {
    throws(
      () => connect({ phoneNumberId: '+1 555 0100' }).id('phoneNumberId'),
      {
        code: 'CONFIGURATION_INVALID',
      },
    );
  });
});

describe('the base of a client', () => {
  const cases: [Record<string, string>, string][] = [
    [{}, 'https://graph.facebook.com/v25.0'],
    [{ apiVersion: 'v23.0' }, 'https://graph.facebook.com/v23.0'],
    [{ apiVersion: '23.0' }, 'https://graph.facebook.com/v23.0'],
    [
      { baseUrl: 'https://graph.facebook.com/v21.0/' },
      'https://graph.facebook.com/v21.0',
    ],
    [
      { baseUrl: 'https://graph.facebook.com/v21.0', apiVersion: 'v25.0' },
      'https://graph.facebook.com/v21.0',
    ],
    [
      { baseUrl: 'http://127.0.0.1:4100', phoneNumberId: '1' },
      'http://127.0.0.1:4100/v25.0',
    ],
    [
      { baseUrl: 'https://proxy.example/whatsapp', phoneNumberId: '1' },
      'https://proxy.example/whatsapp/v25.0',
    ],
    [{ baseUrl: 'https://proxy.example/v21.0' }, 'https://proxy.example/v21.0'],
    [{ baseUrl: 'https://whatsapp.turn.io' }, 'https://whatsapp.turn.io/v1'],
    [
      { baseUrl: 'https://whatsapp.turn.io/v1/', apiVersion: 'v25.0' },
      'https://whatsapp.turn.io/v1',
    ],
    [{ baseUrl: 'https://host.example/wa' }, 'https://host.example/wa/v1'],
  ];
  for (const [configuration, expected] of cases) {
    it(`reads ${JSON.stringify(configuration)}`, () => {
      const { origin, path } = connect(configuration).base;
      expect(origin + path).to.equal(expected);
    });
  }

  for (const baseUrl of [
    'graph.facebook.com',
    'http://graph.facebook.com',
    'ftp://graph.facebook.com',
    'https://user:pass@graph.facebook.com',
    'https://graph.facebook.com/?a=1',
  ]) {
    it(`refuses ${baseUrl}`, () => {
      throws(() => connect({ baseUrl }).base, {
        code: 'CONFIGURATION_INVALID',
      });
    });
  }

  it('refuses a version that is none', () => {
    throws(() => connect({ apiVersion: '../v25.0' }).base, {
      code: 'CONFIGURATION_INVALID',
    });
  });
});

describe('an API speaks the On-Premises way', () => {
  const cases: [object, boolean][] = [
    [{ baseUrl: 'https://whatsapp.turn.io' }, true],
    [{ baseUrl: 'https://whatsapp.turn.io/v1' }, true],
    [{ baseUrl: 'https://facebook.com.example' }, true],
    [{ baseUrl: 'https://notfacebook.com' }, true],
    [{ baseUrl: 'https://whatsapp.turn.io', wabaId: '1' }, true],
    [{}, false],
    [{ baseUrl: 'https://graph.facebook.com' }, false],
    [{ baseUrl: 'graph.facebook.com' }, false],
    [{ baseUrl: 'HTTPS://graph.facebook.com:443/v25.0' }, false],
    [{ baseUrl: 'https://proxy.example', phoneNumberId: '1' }, false],
    [{ baseUrl: 'https://proxy.example/v25.0/' }, false],
  ];
  for (const [configuration, expected] of cases) {
    it(`${expected ? 'with' : 'not with'} ${JSON.stringify(configuration)}`, () => {
      expect(connect(configuration).isOnPremises).to.equal(expected);
    });
  }
});
