import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { expect } from 'chai';
import { createDeliver } from '../../src/forward/deliver';
import type { Target } from '../../src/forward/deliver';
import { adviceFor, isAboutBody } from '../../src/forward/outcome';
import { FakeOpenFn } from '../support/openfn';

describe('createDeliver', () => {
  let openfn: FakeOpenFn;

  beforeEach(async () => {
    openfn = await new FakeOpenFn().open();
  });

  afterEach(() => openfn.close());

  const deliver = (more: Partial<Target> = {}, body = '{}') =>
    createDeliver({
      ...{ url: openfn.url, apiKey: undefined, timeout: 60_000 },
      ...{ headers: {}, accept: 'auto' },
      ...more,
    })(body, 'an-id');

  it('posts JSON with the key, byte for byte', async () => {
    const body = '{ "a": "\u00e9\\u00e9" }';

    const outcome = await deliver({ apiKey: 'a key' }, body);

    expect(outcome).to.include({ isDelivered: true });
    expect(openfn.received[0]?.body).to.equal(body);
    expect(openfn.received[0]?.headers).to.include({
      'content-type': 'application/json',
      'x-api-key': 'a key',
      'x-gateway-forward': 'an-id',
    });
  });

  it('sends no key when there is none', async () => {
    await deliver();

    expect(openfn.received[0]?.headers).to.not.have.any.keys(
      'x-api-key',
      'authorization',
    );
  });

  it('sends a name and a password of the URL as Basic authentication', async () => {
    await deliver({ url: openfn.url.replace('//', '//amina:p%40ss@') });

    expect(openfn.received[0]?.headers.authorization).to.equal(
      `Basic ${btoa('amina:p@ss')}`,
    );
  });

  const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
  const ELSEWHERE = '/elsewhere';

  const accepted = async (
    [status, body, headers]: [number, string, Record<string, string>],
    more: Partial<Target> = {},
    path?: string,
  ) => {
    openfn.refuse(status, body, headers);
    const url = path ? new URL(path, openfn.url).href : openfn.url;
    const outcome = await deliver({ url, ...more });
    return outcome.isDelivered || outcome.code;
  };

  const LOGIN: [number, string, Record<string, string>] = [
    200,
    '<html>Log in</html>',
    { 'content-type': 'text/html' },
  ];

  it('knows the work order that OpenFn made, before or after the run', async () => {
    const order = { work_order_id: 'b7a1' };
    for (const body of [order, { data: { error: 'a' }, meta: order }]) {
      openfn.refuse(201, JSON.stringify(body), JSON_TYPE);

      expect(await deliver()).to.deep.equal({
        isDelivered: true,
        statusCode: 201,
        contentType: JSON_TYPE['content-type'],
        workOrderId: 'b7a1',
      });
    }
  });

  it('takes for delivered at a webhook trigger only what tells a work order', async () => {
    const others = [LOGIN, [200, '{}', JSON_TYPE], [204, '', {}]] as const;
    for (const answer of others) {
      expect(await accepted(answer as never)).to.equal('NOT_ACCEPTED');
    }
  });

  it('takes JSON or nothing for delivered elsewhere, and no page to log in', async () => {
    const json = [200, '{"ok":1}', JSON_TYPE] as const;
    const problem = [200, '[]', { 'content-type': 'application/a+json' }];
    for (const answer of [json, problem, [204, '', {}], [200, '', {}]]) {
      expect(await accepted(answer as never, {}, ELSEWHERE)).to.equal(true);
    }
    expect(await accepted(LOGIN, {}, ELSEWHERE)).to.equal('NOT_ACCEPTED');
  });

  it('takes for delivered what FORWARD_ACCEPT says', async () => {
    const json = [200, '{}', JSON_TYPE] as never;

    expect(await accepted(LOGIN, { accept: 'any' })).to.equal(true);
    expect(await accepted(json, { accept: 'json' })).to.equal(true);
    expect(await accepted(json, { accept: 'openfn' }, ELSEWHERE)).to.equal(
      'NOT_ACCEPTED',
    );
  });

  for (const status of [400, 401, 404, 413, 429, 500, 502]) {
    it(`takes ${status} for a failure`, async () => {
      openfn.refuse(status, 'No.');

      expect(await deliver()).to.deep.equal({
        isDelivered: false,
        code: `HTTP_${status}`,
        statusCode: status,
        contentType: '',
      });
    });
  }

  it('takes 200 with an error for a failure: OpenFn started no run', async () => {
    openfn.refuse(200, '{"error":"runs_hard_limit"}');

    expect(await deliver()).to.include({
      isDelivered: false,
      code: 'RUN_LIMIT',
    });
  });

  it('takes a work order with an error for a failure: it has no run', async () => {
    openfn.refuse(200, '{"work_order_id":"a","error":"too_many_runs"}');

    expect(await deliver()).to.include({
      isDelivered: false,
      code: 'RUN_LIMIT',
    });
  });

  it('takes the error of a run that ended for delivered', async () => {
    openfn.refuse(200, '{"error":"TypeError","meta":{"work_order_id":"a"}}');

    expect(await deliver()).to.include({ isDelivered: true, workOrderId: 'a' });
  });

  it('follows no redirect with the key', async () => {
    openfn.refuse(307, '', { location: openfn.url });

    expect(await deliver({ apiKey: 'a key' })).to.include({ code: 'HTTP_307' });
    expect(openfn.received).to.have.length(1);
  });

  it('hears how long to wait', async () => {
    openfn.refuse(429, '', { 'retry-after': '7' });

    expect(await deliver()).to.include({ code: 'HTTP_429', retryAfter: 7 });
  });

  it('hears until when to wait, by the clock of the one who says so', async () => {
    openfn.refuse(503, '', {
      date: 'Wed, 21 Oct 2015 07:28:00 GMT',
      'retry-after': 'Wed, 21 Oct 2015 07:30:00 GMT',
    });

    expect(await deliver()).to.include({ retryAfter: 120 });
  });

  it('tells a connection that broke from one that was never made', async () => {
    openfn.answer = response => response.socket?.destroy();

    expect(await deliver()).to.deep.equal({
      isDelivered: false,
      code: 'CONNECTION_LOST',
    });
  });

  it('gives up on an answer that does not come', async () => {
    openfn.answer = () => undefined;

    expect(await deliver({ timeout: 300 })).to.deep.equal({
      isDelivered: false,
      code: 'TIMEOUT',
    });
  });

  it('gives up on an answer that does not end', async () => {
    openfn.answer = response => response.write('{');

    expect(await deliver({ timeout: 300 })).to.deep.equal({
      isDelivered: false,
      code: 'TIMEOUT',
    });
  });

  it('reads no more of an answer than it needs', async () => {
    openfn.answer = response => {
      response.setHeader('content-type', 'application/json');
      response.write('x'.repeat(100_000));
    };

    expect(await deliver({ accept: 'json' })).to.include({ isDelivered: true });
  });

  it('says when nobody is there', async () => {
    await openfn.close();

    expect(await deliver()).to.deep.equal({
      isDelivered: false,
      code: 'UNREACHABLE',
    });
    await openfn.open();
  });
});

describe('createDeliver behind a proxy', () => {
  const NAMES = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'].flatMap(name => [
    name,
    name.toLowerCase(),
  ]);
  let openfn: FakeOpenFn;
  let proxy: Server;
  let readable: string[];
  let status: number | undefined;
  let before: NodeJS.ProcessEnv;

  beforeEach(async () => {
    before = { ...process.env };
    for (const name of NAMES) delete process.env[name];
    openfn = await new FakeOpenFn().open();
    readable = [];
    status = 200;
    proxy = createServer((request, response) => {
      readable.push(`${request.method} ${request.url}`);
      response.writeHead(501).end();
    });
    proxy.on('connect', lead);
    await once(proxy.listen(0, '127.0.0.1'), 'listening');
  });

  afterEach(async () => {
    process.env = before;
    proxy.closeAllConnections();
    proxy.close();
    await openfn.close();
  });

  /** Leads a tunnel on, or refuses it; keeps what a proxy can read. */
  function lead({ url = '', headers }: IncomingMessage, socket: Socket) {
    readable.push(`CONNECT ${url} ${JSON.stringify(headers)}`);
    socket.on('error', () => undefined);
    if (status === undefined) return;
    socket.write(`HTTP/1.1 ${status} Answer\r\n\r\n`);
    if (status !== 200) return socket.destroy();
    const onward = connect(Number(new URL(`http://${url}`).port), '127.0.0.1');
    onward.on('error', () => socket.destroy());
    socket.on('close', () => onward.destroy());
    socket.pipe(onward).pipe(socket);
  }

  const proxyUrl = () =>
    `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;

  const deliver = (timeout = 60_000) => {
    const target = { url: openfn.url, apiKey: 'CANARY-KEY', timeout };
    return createDeliver({ ...target, headers: {}, accept: 'auto' })(
      '{"a":"CANARY-DATA"}',
      'an-id',
    );
  };

  for (const name of ['HTTP_PROXY', 'http_proxy']) {
    it(`goes through a tunnel that ${name} names`, async () => {
      process.env[name] = proxyUrl();

      expect(await deliver()).to.include({ isDelivered: true });

      expect(openfn.bodies).to.deep.equal([{ a: 'CANARY-DATA' }]);
      expect(readable).to.have.length(1);
      expect(readable[0])
        .to.match(/^CONNECT/)
        .and.not.include('CANARY');
    });
  }

  it('goes past it to a host of NO_PROXY', async () => {
    process.env['HTTP_PROXY'] = proxyUrl();
    process.env['NO_PROXY'] = 'localhost,127.0.0.1';

    expect(await deliver()).to.include({ isDelivered: true });

    expect(readable).to.deep.equal([]);
  });

  it('is not delivered when the proxy refuses', async () => {
    process.env['HTTP_PROXY'] = proxyUrl();
    status = 407;

    expect(await deliver()).to.include({ code: 'UNREACHABLE' });
  });

  it('gives up on a proxy that does not answer', async () => {
    process.env['HTTP_PROXY'] = proxyUrl();
    status = undefined;

    expect(await deliver(300)).to.include({ code: 'TIMEOUT' });
  });
});

describe('adviceFor', () => {
  for (const code of [
    'RUN_LIMIT',
    'HTTP_401',
    'HTTP_404',
    'HTTP_413',
    'HTTP_503',
    'HTTP_418',
  ]) {
    it(`has a sentence for ${code}`, () => {
      expect(adviceFor(code)).to.match(/\.$/);
    });
  }
});

describe('isAboutBody', () => {
  it('is true for one body that is too large, not for a missing trigger', () => {
    const failure = (statusCode: number) =>
      ({ isDelivered: false, code: '', statusCode }) as const;

    expect(isAboutBody(failure(413))).to.equal(true);
    expect(isAboutBody(failure(404))).to.equal(false);
    expect(isAboutBody({ isDelivered: false, code: 'TIMEOUT' })).to.equal(
      false,
    );
  });
});
