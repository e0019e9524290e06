import { expect } from 'chai';
import { openConsole } from '../support/console';
import { KEY, startGateway, stopGateways } from '../support/gateways';
import { FakeOpenFn } from '../support/openfn';
import { post, textWebhook } from '../support/payloads';
import { until } from '../support/waiting';

const SITE = { 'sec-fetch-site': 'same-origin' };
const JSON_TYPE = { 'content-type': 'application/json' };

describe('the console', () => {
  let url: string;

  before(async () => {
    ({ url } = await startGateway());
  });

  after(stopGateways);

  const logIn = (key: string, headers: Record<string, string> = SITE) =>
    fetch(`${url}/console/session`, {
      method: 'POST',
      headers: { ...headers, ...JSON_TYPE },
      body: JSON.stringify({ key }),
    });

  it('is a page that loads only files of the gateway, which may be cached', async () => {
    const page = await fetch(`${url}/console`);
    const text = await page.text();

    expect(page.status).to.equal(200);
    const policy = page.headers.get('content-security-policy');
    expect(policy).to.include("default-src 'none'; script-src 'self'");
    expect(policy).to.not.match(/unsafe|https?:|\*/);
    expect(page.headers.get('cache-control')).to.equal('no-store');
    expect(text).to.not.match(/<script>|style=|https?:/);
    const paths = [...text.matchAll(/(?:href|src)="([^"]+)"/g)];
    expect(paths).to.have.length(3);
    for (const [, path = ''] of paths) {
      const file = await fetch(url + path);
      expect(file.status, path).to.equal(200);
      expect(file.headers.get('cache-control')).to.include('immutable');
    }
  });

  it('serves no other file', async () => {
    for (const path of ['index.html', '..%2f..%2fpackage.json', 'x.js']) {
      const response = await fetch(`${url}/console/files/${path}`);
      expect(response.status, path).to.equal(404);
    }
  });

  it('tells nothing without a session', async () => {
    const paths = ['overview', 'events/01a1f971-0000-7000-8000-000000000000'];
    for (const path of paths) {
      const response = await fetch(`${url}/console/api/${path}`);
      expect(response.status, path).to.equal(401);
    }
    for (const path of ['events', 'actions']) {
      const response = await fetch(`${url}/console/api/${path}`, {
        method: 'POST',
        headers: { ...SITE, ...JSON_TYPE, authorization: `Bearer ${KEY}` },
        body: '{}',
      });
      expect(response.status, path).to.equal(401);
    }
  });

  it('keeps the session in a cookie that no script and no other site gets', async () => {
    const plain = (await logIn(KEY)).headers.get('set-cookie');
    const https = { ...SITE, 'x-forwarded-proto': 'https' };
    const secure = (await logIn(KEY, https)).headers.get('set-cookie');

    for (const part of ['Path=/console', 'HttpOnly', 'SameSite=Strict']) {
      expect(plain).to.include(part);
    }
    expect(plain).to.not.include('Secure').and.not.include(KEY);
    expect(secure).to.include('Secure');
  });

  it('is closed by logging out', async () => {
    const { ask } = await openConsole(url);
    expect((await ask('GET', 'session')).body).to.deep.equal({ isOpen: true });

    expect((await ask('DELETE', 'session')).status).to.equal(204);

    expect((await ask('GET', 'session')).body).to.deep.equal({ isOpen: false });
    expect((await ask('GET', 'api/overview')).status).to.equal(401);
  });

  for (const [title, headers] of [
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a neighbor', { 'sec-fetch-site': 'same-site' }],
    ['no browser', {}],
    ['another origin', { origin: 'https://evil.example' }],
    ['an opaque origin', { origin: 'null' }],
  ] as const) {
    it(`does nothing that ${title} asks with the cookie`, async () => {
      const { ask } = await openConsole(url);

      for (const [method, path] of [
        ['POST', 'api/actions'],
        ['POST', 'api/events'],
        ['DELETE', 'session'],
      ] as const) {
        const { status, body } = await ask(method, path, {}, headers);
        expect(status).to.equal(403);
        expect(body['error'].code).to.equal('CROSS_ORIGIN');
      }
      expect((await logIn(KEY, headers)).status).to.equal(403);
      expect((await ask('GET', 'api/overview')).status).to.equal(200);
    });
  }

  it('takes an origin that is the host that was asked, also behind a proxy', async () => {
    const proxied = {
      origin: 'https://gateway.example',
      'x-forwarded-host': 'gateway.example',
    };

    expect((await logIn(KEY, { origin: url })).status).to.equal(204);
    expect((await logIn(KEY, proxied)).status).to.equal(204);
  });

  for (const [path, body] of [
    ['events', []],
    ['events', { kind: 'all' }],
    ['events', { state: 'gone' }],
    ['events', { from: 'yesterday' }],
    ['events', { contact: 'a\0b' }],
    ['events', { contact: 254700000001 }],
    ['events', { after: 'there' }],
    ['actions', { action: 'replay', dryRun: true }],
    ['actions', { action: 'delete', filter: {}, dryRun: true }],
    ['actions', { action: 'replay', filter: {} }],
    ['actions', { action: 'replay', ids: [], dryRun: true }],
    ['actions', { action: 'replay', ids: ['1'], dryRun: true }],
  ] as const) {
    it(`explains what is wrong with ${path} ${JSON.stringify(body)}`, async () => {
      const { ask } = await openConsole(url);

      const answer = await ask('POST', `api/${path}`, body);

      expect(answer.status).to.equal(400);
      expect(answer.body['error'].code).to.equal('BAD_PARAMETER');
    });
  }

  it('refuses a body that is too large', async () => {
    const { ask } = await openConsole(url);
    const ids = Array.from({ length: 5000 }, () => crypto.randomUUID());

    const { status } = await ask('POST', 'api/actions', { ids });

    expect(status).to.equal(413);
  });

  // Last, because nobody can log in for a while then.
  it('refuses the sixth wrong key, and then the right one too for a while', async () => {
    const wrong = await Promise.all(
      Array.from({ length: 6 }, () => logIn('wrong')),
    );

    const statuses = wrong.map(({ status }) => status).sort();
    expect(statuses).to.deep.equal([401, 401, 401, 401, 401, 429]);
    const refused = await logIn(KEY);
    expect(refused.status).to.equal(429);
    expect(Number(refused.headers.get('retry-after'))).to.be.within(1, 60);
  });
});

describe('the console of a gateway without an operate key', () => {
  afterEach(stopGateways);

  it('says what to set', async () => {
    const keys = { gatewayKey: undefined, readKey: KEY };
    const { url } = await startGateway(keys);

    const page = await fetch(`${url}/console`);
    const login = await fetch(`${url}/console/session`, {
      method: 'POST',
      headers: { ...SITE, ...JSON_TYPE },
      body: JSON.stringify({ key: KEY }),
    });

    expect(page.status).to.equal(403);
    expect(await page.text()).to.include('OPERATE_KEY');
    expect(login.status).to.equal(403);
    expect(login.headers.get('set-cookie')).to.equal(null);
  });
});

describe('the log of the console', () => {
  let openfn: FakeOpenFn;

  afterEach(async () => {
    await stopGateways();
    await openfn.close();
  });

  it('has neither the key, nor people, nor what they wrote', async () => {
    let lines = '';
    openfn = await new FakeOpenFn().open();
    const { url } = await startGateway({
      openfnWebhookUrl: openfn.url,
      logLevel: 'debug',
      logTo: { write: line => (lines += line) },
    });
    const from = '254700999888';
    await post(url, textWebhook('canary', { from }));
    await until(() => lines.includes('webhook stored'), 'storing');
    const { ask, cookie } = await openConsole(url);
    const filter = { contact: from };
    await until(
      async () => (await ask('GET', 'api/overview')).body['waiting'] === 0,
      'forwarding',
    );
    const { body } = await ask('POST', 'api/events', filter);
    await ask('GET', `api/events/${body['data'][0].id}`);
    const action = { action: 'replay', filter };
    const dry = await ask('POST', 'api/actions', { ...action, dryRun: true });
    const { startedAt } = dry.body;
    await ask('POST', 'api/actions', { ...action, startedAt, dryRun: false });
    await ask('POST', 'session', { key: `${KEY}-wrong` });
    await until(() => openfn.received.length === 2, 'forwarding again');

    expect(lines).to.include('the console acted');
    expect(lines).to.include('logins at the console were refused');
    expect(JSON.stringify(body)).to.not.include(from).and.not.include('canary');
    for (const secret of [from, 'canary', KEY, cookie]) {
      expect(lines).to.not.include(secret);
    }
  });
});
