import { expect } from 'chai';
import { GatewayError } from '../../src/core/errors';
import { SETTINGS } from '../../src/settings/definitions';
import { readEnvironment } from '../../src/settings/environment';
import { readSettings } from '../../src/settings/settings';
import type { Settings } from '../../src/settings/settings';

const REQUIRED = {
  WHATSAPP_VERIFY_TOKEN: 'a token',
  WHATSAPP_APP_SECRET: 'a secret',
  OPENFN_WEBHOOK_URL: 'https://app.openfn.org/i/8f1c',
};

const read = (variables: Record<string, string>): Settings =>
  readEnvironment(variables);

const readWith = (variables: Record<string, string>) =>
  read({ ...REQUIRED, ...variables });

function refusal(variables: Record<string, string>): string {
  try {
    read(variables);
  } catch (error) {
    expect(error).to.be.instanceOf(GatewayError);
    return (error as GatewayError).message;
  }
  return expect.fail('nothing was thrown');
}

describe('readSettings', () => {
  it('needs three things, and has a default for the rest', () => {
    expect(read(REQUIRED)).to.deep.include({
      appSecrets: ['a secret'],
      host: '127.0.0.1',
      port: 8080,
      dataFolder: './gateway-data',
      databaseUrl: undefined,
      gatewayKey: [],
      retentionDays: 90,
      forwardRaw: false,
    });
  });

  it('names everything that is missing, and where to find it, at once', () => {
    const message = refusal({});

    expect(message).to.include('WHATSAPP_VERIFY_TOKEN is missing. Choose');
    expect(message).to.include('WHATSAPP_APP_SECRET is missing. Copy');
    expect(message).to.include('OPENFN_WEBHOOK_URL is missing. Copy');
  });

  it('asks for the address of OpenFn, unless nothing is forwarded', () => {
    const { OPENFN_WEBHOOK_URL: _, ...others } = REQUIRED;

    expect(refusal(others)).to.include('OPENFN_WEBHOOK_URL is missing.');
    expect(read({ ...others, FORWARD: 'none' }).forward.size).to.equal(0);
  });

  it('refuses to forward the whole signed text to a run that gets only a part', () => {
    for (const other of [{ FORWARD_EACH: '1' }, { FORWARD_ORDER: 'person' }]) {
      expect(refusal({ ...REQUIRED, FORWARD_RAW: '1', ...other })).to.include(
        'leave FORWARD_RAW out',
      );
      expect(readWith(other)).to.include({ forwardRaw: false });
    }
  });

  it('refuses a proxy that nothing could be forwarded through', () => {
    const before = { ...process.env };
    try {
      process.env['HTTPS_PROXY'] = 'socks5://user:CANARY@proxy.example';

      const message = refusal(REQUIRED);

      expect(message).to.include('HTTPS_PROXY of the environment is not');
      expect(message).not.to.include('CANARY');
      expect(readWith({ FORWARD: 'none' }).forward.size).to.equal(0);
    } finally {
      process.env = before;
    }
  });

  it('takes an empty variable for a missing one', () => {
    expect(readWith({ PORT: '', GATEWAY_KEY: ' ' })).to.deep.include({
      port: 8080,
      gatewayKey: [],
    });
    expect(refusal({ ...REQUIRED, WHATSAPP_APP_SECRET: ' , ' })).to.include(
      'WHATSAPP_APP_SECRET is missing.',
    );
  });

  it('takes several secrets, with the spaces of a pasted text', () => {
    const { appSecrets } = readWith({ WHATSAPP_APP_SECRET: ' old , new ' });

    expect(appSecrets).to.deep.equal(['old', 'new']);
  });

  it('takes the kinds to forward', () => {
    const { forward } = readWith({ FORWARD: 'Messages, account' });

    expect([...forward]).to.deep.equal(['messages', 'account']);
    expect(readWith({ FORWARD: 'all' }).forward).to.include('statuses');
  });

  for (const url of [
    'http://localhost:4000/i/1',
    'http://127.0.0.9/i/1',
    'http://[::1]/i/1',
    'https://openfn.example.org/i/1',
  ]) {
    it(`forwards to ${url}`, () => {
      expect(readWith({ OPENFN_WEBHOOK_URL: url }).openfnWebhookUrl).to.equal(
        url,
      );
    });
  }

  for (const url of [
    'http://openfn.example.org/i/1',
    'http://127.0.0.1.example.org/i/1',
    'http://localhost.example.org/i/1',
    'ftp://localhost/i/1',
    'app.openfn.org/i/1',
  ]) {
    it(`does not forward to ${url}`, () => {
      expect(refusal({ ...REQUIRED, OPENFN_WEBHOOK_URL: url })).to.include(
        'OPENFN_WEBHOOK_URL',
      );
    });
  }

  for (const [variable, text] of [
    ['PORT', '80a'],
    ['PORT', '70000'],
    ['RETENTION_DAYS', '0'],
    ['RETENTION_DAYS', '1.5'],
    ['FORWARD', 'messages,status'],
    ['FORWARD_RAW', 'perhaps'],
    ['FORWARD_CONCURRENCY', '0'],
    ['FORWARD_TIMEOUT', '-1'],
    ['LOG_LEVEL', 'loud'],
    ['DATABASE_URL', 'mysql://localhost/gateway'],
    ['DATABASE_URL', 'postgres://gateway:100%@localhost/gateway'],
    ['OPENFN_WEBHOOK_URL', 'https://amina:100%@openfn.example.org/i/1'],
    ['GATEWAY_KEY', 'words with spaces'],
    ['OPENFN_API_KEY', 'key\u2019s'],
  ] as const) {
    it(`refuses ${variable}=${text} by name`, () => {
      expect(refusal({ ...REQUIRED, [variable]: text })).to.include(
        `- ${variable} `,
      );
    });
  }

  it('never quotes what it was given', () => {
    const message = refusal({
      WHATSAPP_APP_SECRET: 'canary',
      OPENFN_WEBHOOK_URL: 'canary',
      DATABASE_URL: 'canary',
    });

    expect(message).to.not.include('canary');
    expect(message).to.not.include('OPENFN_WEBHOOK_URL is missing');
  });

  it('takes values of JavaScript as well', () => {
    const settings = readSettings({
      verifyToken: 'a token',
      appSecrets: ['one', 'two'],
      openfnWebhookUrl: 'http://localhost/i/1',
      port: 0,
      forwardRaw: true,
      forward: ['messages'],
    });

    expect(settings).to.deep.include({ port: 0, forwardRaw: true });
    expect(settings.appSecrets).to.deep.equal(['one', 'two']);
    expect(
      readSettings({ ...settings, appSecrets: ['one, two'] }).appSecrets,
    ).to.deep.equal(['one', 'two']);
  });

  it('reads a variable for every setting', () => {
    const variables = Object.values(SETTINGS).map(({ variable }) => variable);

    expect(new Set(variables).size).to.equal(variables.length);
  });
});
