import { expect } from 'chai';
import { Hono } from 'hono';
import { authorize, byMethod, createKeys } from '../../src/http/authorize';
import type { Scope } from '../../src/http/authorize';

const NONE = {
  appSecrets: ['secret'],
  gatewayKey: [] as string[],
  readKey: [] as string[],
  operateKey: [] as string[],
  metricsKey: [] as string[],
};

const ask = (
  secrets: Partial<typeof NONE>,
  authorization?: string,
  scope: Scope = 'read',
) => {
  const keys = createKeys({ ...NONE, ...secrets });
  const app = new Hono()
    .use(authorize(keys, scope))
    .get('/', c => c.text('secret'));
  const headers = authorization === undefined ? {} : { authorization };
  return app.request('/', { headers });
};

const GATEWAY = { gatewayKey: ['a-key', 'another'] };

describe('authorize', () => {
  for (const header of [
    'Bearer a-key',
    'bearer  a-key ',
    'BEARER a-key',
    'Bearer another',
  ]) {
    it(`lets ${JSON.stringify(header)} through`, async () => {
      expect((await ask(GATEWAY, header)).status).to.equal(200);
    });
  }

  for (const header of [
    undefined,
    '',
    'a-key',
    'Bearer',
    'Bearer a-ke',
    'Bearer a-key2',
    'Bearer a-key a-key',
    'Bearer a-key,another',
    'Basic a-key',
    'Bearer undefined',
  ]) {
    it(`refuses ${JSON.stringify(header)}`, async () => {
      const response = await ask(GATEWAY, header);

      expect(response.status).to.equal(401);
      expect(response.headers.get('www-authenticate')).to.equal('Bearer');
    });
  }

  it('lets nobody through when there is no key, and names what to set', async () => {
    const response = await ask({ readKey: ['reading'] }, 'Bearer x', 'metrics');

    expect(response.status).to.equal(403);
    const { error } = (await response.json()) as { error: { fix: string } };
    expect(error).to.include({ code: 'READING_DISABLED' });
    expect(error.fix).to.include('METRICS_KEY');
  });

  const apart = {
    gatewayKey: ['all'],
    readKey: ['reading'],
    operateKey: ['operating'],
    metricsKey: ['metering'],
  };
  for (const [key, scopes] of [
    ['all', ['read', 'operate', 'metrics']],
    ['reading', ['read']],
    ['operating', ['read', 'operate']],
    ['metering', ['metrics']],
    ['secret', []],
  ] as const) {
    it(`lets the key ${key} do ${scopes.join(', ') || 'nothing'}`, async () => {
      const allowed: Scope[] = [];
      for (const scope of ['read', 'operate', 'metrics'] as const) {
        const { status } = await ask(apart, `Bearer ${key}`, scope);
        if (status === 200) allowed.push(scope);
        else expect(status).to.equal(401);
      }

      expect(allowed).to.deep.equal(scopes);
    });
  }

  it('needs the operate key for what changes something', () => {
    expect(byMethod('GET')).to.equal('read');
    expect(byMethod('POST')).to.equal('operate');
    expect(byMethod('DELETE')).to.equal('operate');
  });

  it('takes new keys without a restart', async () => {
    const keys = createKeys({ ...NONE, readKey: ['old'] });
    const app = new Hono()
      .use(authorize(keys, 'read'))
      .get('/', c => c.text('secret'));
    const statusOf = async (key: string) => {
      const headers = { authorization: `Bearer ${key}` };
      return (await app.request('/', { headers })).status;
    };

    expect(await statusOf('new')).to.equal(401);
    keys.replace({ ...NONE, readKey: ['old', 'new'] });
    expect(await statusOf('old')).to.equal(200);
    expect(await statusOf('new')).to.equal(200);
    keys.replace({ ...NONE, readKey: ['new'], appSecrets: ['next'] });
    expect(await statusOf('old')).to.equal(401);
    expect(keys.appSecrets).to.deep.equal(['next']);
  });
});
