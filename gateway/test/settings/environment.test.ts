import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { GatewayError } from '../../src/core/errors';
import {
  readEnvironment,
  readStoreSettings,
  readVariables,
} from '../../src/settings/environment';
import type { Environment } from '../../src/settings/schemas';
import { newFolder } from '../support/folders';

const REQUIRED = {
  WHATSAPP_VERIFY_TOKEN: 'a token',
  WHATSAPP_APP_SECRET: 'a secret',
  FORWARD: 'none',
};

function newFile(content: string): string {
  const path = join(newFolder(), 'file');
  writeFileSync(path, content);
  return path;
}

function refusal(variables: Environment): string {
  try {
    readEnvironment({ ...REQUIRED, ...variables });
  } catch (error) {
    expect(error).to.be.instanceOf(GatewayError);
    return (error as GatewayError).message;
  }
  return expect.fail('nothing was thrown');
}

describe('readEnvironment', () => {
  it('takes several keys for each purpose', () => {
    const settings = readEnvironment({
      ...REQUIRED,
      READ_KEY: 'old, new',
      METRICS_KEY: 'metrics',
    });

    expect(settings.readKey).to.deep.equal(['old', 'new']);
    expect(settings.metricsKey).to.deep.equal(['metrics']);
    expect(settings.operateKey).to.deep.equal([]);
  });

  it('reads a secret from the file that its _FILE variable names', () => {
    const { WHATSAPP_APP_SECRET: _, ...others } = REQUIRED;
    const settings = readEnvironment({
      ...others,
      WHATSAPP_APP_SECRET_FILE: newFile('old\nnew\n'),
      READ_KEY_FILE: newFile('a-key\n'),
    });

    expect(settings.appSecrets).to.deep.equal(['old', 'new']);
    expect(settings.readKey).to.deep.equal(['a-key']);
  });

  it('refuses a value and a file for the same setting', () => {
    expect(refusal({ READ_KEY: 'canary', READ_KEY_FILE: newFile('canary') }))
      .to.include('- READ_KEY is set, and READ_KEY_FILE too.')
      .and.not.include('canary');
  });

  it('names a file that cannot be read', () => {
    const message = refusal({ READ_KEY_FILE: '/no/such/file' });

    expect(message).to.include('- READ_KEY ').and.include('ENOENT');
  });

  for (const [wrong, right] of [
    ['FOWARD_TIMEOUT', 'FORWARD_TIMEOUT'],
    ['FORWARD_TIME_OUT', 'FORWARD_TIMEOUT'],
    ['FORWARD_CONCURENCY', 'FORWARD_CONCURRENCY'],
    ['FOWARD', 'FORWARD'],
    ['FORWARD_RETRIES', 'FORWARD_'],
    ['WHATSAPP_APPSECRET_FILE', 'WHATSAPP_APP_SECRET_FILE'],
    ['GATEWAY_KEYS', 'GATEWAY_KEY'],
    ['RETENTION_DAY', 'RETENTION_DAYS'],
    ['OPENFN_WEBHOOK_ULR', 'OPENFN_WEBHOOK_URL'],
    ['LOGLEVEL', 'LOG_LEVEL'],
  ] as const) {
    it(`refuses ${wrong}, and suggests ${right}`, () => {
      expect(refusal({ [wrong]: '1', [right]: undefined })).to.include(
        `- ${wrong} is not a variable of the gateway. Did you mean ${right}`,
      );
    });
  }

  for (const name of [
    ...['HOME', 'PATH', 'PWD', 'USER', 'SHLVL', 'HOSTNAME', 'PORTS', 'POST'],
    ...['API_KEY', 'REWARD_POINTS', 'NODE_ENV', 'DATABASE_PUBLIC_URL'],
    ...['OPENFN_ENDPOINT', 'OPENFN_ADAPTORS_REPO', 'OPENFN_REPO_DIR'],
    ...['WHATSAPP_TOKEN', 'WHATSAPP_PHONE_NUMBER_ID', 'GATEWAY_PORT'],
    ...['GATEWAY_SERVICE_HOST', 'GATEWAY_INTERFACE', 'npm_config_loglevel'],
    'WHATSAPP_GATEWAY_PORT_8080_TCP',
  ]) {
    it(`leaves ${name} alone`, () => {
      expect(readEnvironment({ ...REQUIRED, [name]: 'x' }).port).to.equal(8080);
    });
  }

  it('leaves a name alone that is near to one that is set', () => {
    const settings = readEnvironment({
      ...REQUIRED,
      DATABASE_URL: 'postgres://localhost/gateway',
      DATABASE_URI: 'another',
    });

    expect(settings.databaseUrl).to.equal('postgres://localhost/gateway');
  });
});

describe('readStoreSettings', () => {
  it('needs no secret', () => {
    expect(readStoreSettings({ GATEWAY_DATA: '/data' })).to.deep.equal({
      databaseUrl: undefined,
      dataFolder: '/data',
      logLevel: 'info',
    });
  });
});

describe('readVariables', () => {
  it('prefers a file to the environment, and a later file to an earlier', () => {
    const files = [
      newFile('# mine\nPORT=1\nHOST="::1"\n'),
      newFile('export PORT=2'),
    ];

    const variables = readVariables({ PORT: '3', LOG_LEVEL: 'warn' }, files);

    expect(variables).to.include({ PORT: '2', HOST: '::1', LOG_LEVEL: 'warn' });
  });

  it('says which file cannot be read', () => {
    expect(() => readVariables({}, ['/no/such/file'])).to.throw(
      GatewayError,
      '/no/such/file',
    );
  });
});
