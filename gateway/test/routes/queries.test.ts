import { expect } from 'chai';
import { writeCursor } from '../../src/store/cursor';
import { KEY, ask, startGateway, stopGateways } from '../support/gateways';
import { FakeOpenFn } from '../support/openfn';
import { post, status, textWebhook, webhook } from '../support/payloads';
import { until } from '../support/waiting';

type Failure = { error: { code: string; message: string; fix: string } };
type List = { data: Record<string, unknown>[]; paging: { after?: string } };

describe('reading', () => {
  let url: string;
  let openfn: FakeOpenFn;

  before(async () => {
    openfn = await new FakeOpenFn().open();
    const options = {
      openfnWebhookUrl: openfn.url,
      forwardGiveUp: 0,
      pace: { firstDelay: 20, poll: 20 },
    };
    ({ url } = await startGateway(options));
  });

  after(async () => {
    await stopGateways();
    await openfn.close();
  });

  const metrics = async () => {
    const headers = { authorization: `Bearer ${KEY}` };
    const response = await fetch(`${url}/metrics`, { headers });
    expect(response.headers.get('content-type')).to.match(/^text\/plain/);
    return response.text();
  };

  for (const path of [
    '/messages',
    '/notices',
    '/messages/wamid.1/status',
    '/conversations',
    '/events/dead',
    '/metrics',
  ]) {
    it(`gives nothing of ${path} without the key`, async () => {
      const response = await fetch(url + path);

      expect(response.status).to.equal(401);
      expect(await response.json()).to.have.nested.property(
        'error.code',
        'WRONG_KEY',
      );
    });
  }

  it('retries nothing without the key', async () => {
    const response = await fetch(`${url}/events/1/retry`, { method: 'POST' });

    expect(response.status).to.equal(401);
  });

  it('finds a status by an ID with every special character', async () => {
    const id = 'wamid.HBgL/MTY1+MDM=?#&%2F é';
    await post(
      url,
      JSON.stringify(webhook({ statuses: [status(id, 'read')] })),
    );

    const { status: code, body } = await ask(
      url,
      `/messages/${encodeURIComponent(id)}/status`,
    );

    expect(code).to.equal(200);
    expect(body).to.include({ id, status: 'read' });
  });

  it('says that it knows nothing of a message', async () => {
    const { status: code, body } = await ask<Failure>(
      url,
      '/messages/wamid.x/status',
    );

    expect(code).to.equal(404);
    expect(body.error).to.include({ code: 'UNKNOWN_MESSAGE' });
    expect(body.error).to.have.keys('code', 'message', 'fix');
  });

  it('gives the messages of a contact, page by page', async () => {
    for (const text of ['one', 'two', 'three']) {
      await post(url, textWebhook(text, { from: '254711111111' }));
    }
    const contact = encodeURIComponent('+254 711 111 111');

    const first = await ask<List>(url, `/messages?contact=${contact}&limit=2`);
    const { after = '' } = first.body.paging;
    const second = await ask<List>(
      url,
      `/messages?contact=${contact}&limit=2&after=${after}`,
    );

    const texts = [...first.body.data, ...second.body.data].map(
      one => one['text'],
    );
    expect(texts).to.deep.equal(['three', 'two', 'one']);
    expect(second.body.paging).to.deep.equal({});
  });

  it('gives the notices of a contact, apart from the messages', async () => {
    const from = '254733333333';
    await post(url, textWebhook('Hello', { from, id: 'wamid.n1' }));
    const revoke = { type: 'revoke', revoke: {}, from, id: 'wamid.n2' };
    await post(url, textWebhook('', revoke));
    await post(url, textWebhook('', revoke));

    const notices = await ask<List>(url, `/notices?contact=${from}`);
    const messages = await ask<List>(url, `/messages?contact=${from}`);

    expect(notices.body.data.map(({ id }) => id)).to.deep.equal(['wamid.n2']);
    expect(messages.body.data.map(({ id }) => id)).to.deep.equal(['wamid.n1']);
  });

  it('gives the conversations', async () => {
    await post(url, textWebhook('Hello', { from: '254722222222' }));

    const { body } = await ask<List>(url, '/conversations?since=2026-01-01');

    const found = body.data.find(one => one['contact'] === '254722222222');
    expect(found).to.include({ inbound: 1, outbound: 0 });
  });

  for (const path of [
    '/messages?limit=0',
    '/messages?since=then',
    '/messages?since=-271821-04-20T00:00:00Z',
    '/messages?after=there',
    `/messages?after=${writeCursor({ time: '2026 (\0)', key: 'a key' })}`,
    `/conversations?after=${writeCursor({ time: '2026-02-30T08:00:00.000000Z', key: 'a key' })}`,
    '/conversations?until=then',
    '/events/dead?limit=all',
  ]) {
    it(`says what is wrong with ${path}`, async () => {
      const { status: code, body } = await ask<Failure>(url, path);

      expect(code).to.equal(400);
      expect(body.error.code).to.equal('BAD_PARAMETER');
      expect(body.error.fix).to.match(/^(Write|Pass)/);
    });
  }

  it('lists what was given up without what people wrote, and retries it', async () => {
    await until(
      async () =>
        (await metrics()).includes('forwards_waiting{route="default"} 0'),
      'forwarding what came before',
    );
    openfn.refuse(404);
    await post(url, textWebhook('canary'));
    const dead = await until(async () => {
      const { body } = await ask<List>(url, '/events/dead');
      return body.data[0];
    }, 'giving up');
    const retry = `/events/${String(dead['id'])}/retry`;

    openfn.accept();
    const { status: code, body } = await ask(url, retry, { method: 'POST' });

    expect(JSON.stringify(dead)).to.not.include('canary');
    expect(dead).to.deep.include({ attempts: 1, events: { messages: 1 } });
    expect(code).to.equal(202);
    expect(body).to.deep.equal({ id: dead['id'], state: 'waiting' });
    await until(
      () => openfn.received.at(-1)?.headers['x-gateway-forward'] === dead['id'],
      'forwarding',
    );
    const again = await ask(url, retry, { method: 'POST' });
    expect(again.status).to.equal(409);
  });

  it('counts for Prometheus', async () => {
    const text = await metrics();

    expect(text).to.match(/events_total\{kind="messages"\} \d+/);
    expect(text).to.match(/forwards_waiting\{route="default"\} \d+/);
    expect(text).to.match(/webhook_seconds_bucket\{le="0.25"\} \d+/);
  });
});

describe('a gateway without a key', () => {
  after(stopGateways);

  it('stores, and lets nobody read', async () => {
    const { url } = await startGateway({ gatewayKey: undefined });

    expect((await post(url, textWebhook('Hello'))).status).to.equal(200);
    expect((await fetch(`${url}/messages`)).status).to.equal(403);
    expect((await fetch(`${url}/metrics`)).status).to.equal(403);
    expect((await fetch(`${url}/healthz`)).status).to.equal(200);
  });
});
