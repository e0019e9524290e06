import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { ask, startGateway, stopGateways } from '../support/gateways';
import { FakeOpenFn } from '../support/openfn';
import {
  message,
  newId,
  post,
  sign,
  status,
  textWebhook,
  webhook,
} from '../support/payloads';
import { until } from '../support/waiting';

const FIXTURES = fileURLToPath(
  new URL('../../../test/fixtures/webhooks/', import.meta.url),
);

type Texts = { data: { text: string; id: string }[] };
type Failure = { error: { code: string; fix: string } };

describe('/webhook', () => {
  let url: string;
  let openfn: FakeOpenFn;

  before(async () => {
    openfn = await new FakeOpenFn().open();
    const options = {
      openfnWebhookUrl: openfn.url,
      openfnApiKey: 'a-key',
      appSecrets: ['a secret of the app', 'the next secret'],
      forward: 'messages',
    };
    ({ url } = await startGateway(options));
  });

  after(async () => {
    await stopGateways();
    await openfn.close();
  });

  const handshake = (query: string) => fetch(`${url}/webhook?${query}`);

  const codeOf = async (response: Response) =>
    ((await response.json()) as Failure).error.code;

  const stored = async () => {
    const { body } = await ask<Texts>(url, '/messages?limit=1000');
    return body.data.map(({ id }) => id);
  };

  it('answers the handshake with the bare challenge', async () => {
    const token = encodeURIComponent('a token I chose');
    const response = await handshake(
      `hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${token}`,
    );

    expect(response.status).to.equal(200);
    expect(response.headers.get('content-type')).to.match(/^text\/plain/);
    expect(await response.text()).to.equal('1158201444');
  });

  for (const query of [
    '',
    'hub.mode=subscribe&hub.challenge=1',
    'hub.mode=subscribe&hub.challenge=1&hub.verify_token=wrong',
    'hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=a+token+I+chose',
  ]) {
    it(`refuses the handshake ${JSON.stringify(query)}`, async () => {
      const response = await handshake(query);

      expect(response.status).to.equal(403);
      expect(await codeOf(response)).to.equal('WRONG_VERIFY_TOKEN');
    });
  }

  it('stores and forwards what is signed with either secret', async () => {
    const before = openfn.received.length;
    const bodies = [textWebhook('one'), textWebhook('two')];

    for (const [i, secret] of [
      'a secret of the app',
      'the next secret',
    ].entries()) {
      const body = bodies[i] ?? '';
      const response = await post(url, body, sign(body, secret));
      expect(response.status).to.equal(200);
    }

    await until(() => openfn.received.length === before + 2, 'forwarding');
    expect(openfn.received.slice(before).map(({ body }) => body)).to.deep.equal(
      bodies,
    );
    expect(openfn.received.at(-1)?.headers).to.include({
      'x-api-key': 'a-key',
    });
  });

  it('stores a status, and forwards no kind that was not chosen', async () => {
    const before = openfn.received.length;
    const id = newId();

    await post(
      url,
      JSON.stringify(webhook({ statuses: [status(id, 'sent')] })),
    );
    await post(url, textWebhook('after it'));

    await until(() => openfn.received.length > before, 'forwarding');
    expect(openfn.received).to.have.length(before + 1);
    const { body } = await ask(url, `/messages/${id}/status`);
    expect(body).to.include({ status: 'sent' });
  });

  it('is quiet about what came before', async () => {
    const before = openfn.received.length;
    const id = newId();
    const body = textWebhook('once', { id });

    const answers = await Promise.all([1, 2, 3, 4].map(() => post(url, body)));
    await post(url, textWebhook('after it'));

    await until(() => openfn.received.length > before + 1, 'forwarding');
    expect(answers.map(({ status }) => status)).to.deep.equal([
      200, 200, 200, 200,
    ]);
    expect(openfn.received).to.have.length(before + 2);
    expect((await stored()).filter(one => one === id)).to.have.length(1);
  });

  for (const [what, signature] of [
    ['no signature', ''],
    ['a wrong signature', sign('something else')],
    ['the signature of another secret', sign(textWebhook(''), 'wrong')],
    ['no hex', 'sha256=zzzz'],
  ] as const) {
    it(`refuses ${what}, and stores nothing`, async () => {
      const id = newId();

      const response = await post(url, textWebhook('Hello', { id }), signature);

      expect(response.status).to.equal(401);
      expect(await codeOf(response)).to.equal('WRONG_SIGNATURE');
      expect(await stored()).to.not.include(id);
    });
  }

  it('checks the bytes, not what they mean', async () => {
    const body = textWebhook('Hello');
    const same = JSON.stringify(JSON.parse(body), null, 1);

    expect((await post(url, same, sign(body))).status).to.equal(401);
  });

  for (const body of [
    '',
    'null',
    '[]',
    '"text"',
    '{}',
    '{"entry":{}}',
    '{"entry":[',
    '\0',
  ]) {
    it(`keeps ${JSON.stringify(body)} in quarantine, signed as it is`, async () => {
      expect((await post(url, body, sign(body))).status).to.equal(200);
    });
  }

  it('takes 3 MB and no more', async () => {
    const fill = (size: number) => {
      const empty = textWebhook('').length;
      return textWebhook('x'.repeat(size - empty));
    };
    const most = 3 * 1024 * 1024;

    expect((await post(url, fill(most))).status).to.equal(200);
    const response = await post(url, fill(most + 1));
    expect(response.status).to.equal(413);
    expect(await codeOf(response)).to.equal('TOO_LARGE');
  });

  it('takes no more when the size is not told before', async () => {
    const stream = new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array(512 * 1024));
      },
    });
    const response = await fetch(`${url}/webhook`, {
      method: 'POST',
      body: stream,
      duplex: 'half',
    } as RequestInit).catch(() => undefined);

    // The server may hang up before it was told everything.
    expect(response?.status ?? 413).to.equal(413);
    await until(async () => {
      const health = await fetch(`${url}/healthz`).catch(() => undefined);
      return health?.status === 200;
    }, 'answering');
  });

  it("stores every one of Meta's examples", async () => {
    for (const file of readdirSync(FIXTURES)) {
      const response = await post(url, readFileSync(FIXTURES + file, 'utf8'));
      expect(response.status, file).to.equal(200);
    }
  });

  it('reads every item of every change', async () => {
    const ids = [newId(), newId(), newId()];
    const messages = ids.map(id => message('Hi', { id }));
    const one = webhook({ messages: messages.slice(0, 2) });
    const two = webhook({ messages: messages.slice(2) });

    await post(
      url,
      JSON.stringify({ ...one, entry: [...one.entry, ...two.entry] }),
    );

    expect(await stored()).to.include.members(ids);
  });

  it('answers other methods with 404', async () => {
    const response = await fetch(`${url}/webhook`, { method: 'DELETE' });

    expect(response.status).to.equal(404);
  });
});
