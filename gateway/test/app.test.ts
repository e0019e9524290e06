import { expect } from 'chai';
import { logAlerts } from '../src/alerts/alerter';
import { createApp } from '../src/app';
import { createKeys } from '../src/http/authorize';
import { GatewayError } from '../src/core/errors';
import { createLogger } from '../src/core/logger';
import { createMetrics } from '../src/core/metrics';
import { readSettings } from '../src/settings/settings';
import type { Database } from '../src/database/database';
import { writeCursor } from '../src/store/cursor';
import { KEY } from './support/gateways';
import { SECRET, sign, textWebhook } from './support/payloads';

const CANARY = 'canary-254700999888';

/** An application whose database fails. */
function broken(error: Error) {
  let lines = '';
  const fail = () => Promise.reject(error);
  const settings = readSettings({
    verifyToken: 'a token',
    appSecrets: SECRET,
    gatewayKey: KEY,
    forward: 'none',
  });
  const app = createApp({
    alerts: logAlerts(createLogger('silent')),
    settings,
    keys: createKeys(settings),
    log: createLogger('debug', { write: line => (lines += line) }),
    metrics: createMetrics(),
    store: {
      addOther: fail,
      add: fail,
      drain: () => Promise.resolve(),
    },
    forwarders: [],
    quarantine: fail,
    database: { query: fail, reader: { query: fail } } as unknown as Database,
    destinations: [],
    controls: {
      of: () => ({ pausedAt: null, hourlyBudget: null }),
      refresh: fail,
      onChange: () => undefined,
      stop: () => undefined,
    },
    statistics: { read: fail, stop: () => Promise.resolve() },
    backlog: { read: fail },
    wake: () => undefined,
    startMove: undefined,
    wakeReplays: () => undefined,
    unready: () => new GatewayError('STORAGE_FAILED', 'It fails.', 'Mend it.'),
  });
  return { app, logged: () => lines };
}

const headers = { authorization: `Bearer ${KEY}` };

describe('createApp', () => {
  it('says what to do when the conversations are not counted yet', async () => {
    const fix = 'Ask again in a minute.';
    const code = 'CONVERSATIONS_NOT_READY';
    const { app } = broken(new GatewayError(code, 'Not yet.', fix));

    const response = await app.request('/conversations', { headers });

    expect(response.status).to.equal(503);
    expect(response.headers.get('retry-after')).to.equal('60');
    expect(await response.json()).to.deep.equal({
      error: { code, message: 'Not yet.', fix },
    });
  });

  it('answers 503 when the store fails, so that Meta sends the webhook again', async () => {
    const { app } = broken(new Error('away'));
    const body = textWebhook('Hello');

    const response = await app.request('/webhook', {
      method: 'POST',
      body,
      headers: { 'x-hub-signature-256': sign(body) },
    });

    expect(response.status).to.equal(503);
  });

  it('shows nobody what failed inside', async () => {
    const error = Object.assign(new Error(CANARY), { detail: CANARY });
    const { app, logged } = broken(error);

    const response = await app.request('/messages', { headers });

    const text = await response.text();
    expect(response.status).to.equal(503);
    expect(JSON.parse(text)).to.have.nested.property(
      'error.code',
      'UNAVAILABLE',
    );
    expect(text).to.not.match(/canary|at .*\.ts/);
    expect(logged()).to.include('requests failed').and.not.include(CANARY);
  });

  it('answers 500 for a fault of its own', async () => {
    const { app } = broken(new TypeError(CANARY));

    const response = await app.request('/messages', { headers });

    expect(response.status).to.equal(500);
    expect(await response.text()).to.not.include(CANARY);
  });

  it('is alive, but not ready, when nothing can be stored', async () => {
    const { app } = broken(new Error('away'));

    const alive = await app.request('/livez');
    const ready = await app.request('/readyz');
    const alias = await app.request('/healthz');

    expect(alive.status).to.equal(200);
    const answer = { status: 'unavailable', code: 'STORAGE_FAILED' };
    for (const response of [ready, alias]) {
      expect(response.status).to.equal(503);
      expect(await response.json()).to.deep.equal(answer);
    }
  });

  it('answers every path with headers that browsers and caches respect', async () => {
    const { app } = broken(new Error('away'));

    for (const path of [
      '/webhook',
      '/messages',
      '/healthz',
      '/nothing',
      '/consoles',
    ]) {
      const response = await app.request(path);
      const sent = Object.fromEntries(response.headers);
      expect(sent, path).to.include({
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'",
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
      });
      expect(sent).to.not.have.property('x-powered-by');
    }
  });

  it('answers what is not there with JSON', async () => {
    const response = await broken(new Error()).app.request('/../etc/passwd');

    expect(response.status).to.equal(404);
    expect(await response.json()).to.have.nested.property(
      'error.code',
      'NOT_FOUND',
    );
  });

  for (const path of [
    '/messages?contact=%00',
    '/messages?phoneNumberId=1%00',
    '/messages/wamid.%00/status',
    `/conversations?after=${writeCursor({ time: '2026-11-20T08:00:00Z', key: '\0' })}`,
  ]) {
    it(`answers 400 for the NUL in ${path}`, async () => {
      const { app } = broken(new Error('asked the database'));

      const response = await app.request(path, { headers });

      expect(response.status).to.equal(400);
    });
  }
});
