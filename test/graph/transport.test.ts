import {
  ResponseTooLarge,
  BrokenResponse,
  NeverBegun,
} from '../../src/graph/wire';
import type { WireRequest } from '../../src/graph/wire';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { send } from '../../src/graph/transport';

const request: Omit<WireRequest, 'origin'> = {
  method: 'POST',
  path: '/v25.0/123/messages?a=1',
  headers: { 'content-type': 'application/json', authorization: 'Bearer T' },
  body: '{"a":"ä"}',
  timeout: 5000,
};

const servers: Server[] = [];

async function listen(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const serve = (
  answer: (request: IncomingMessage, response: ServerResponse) => void,
) => listen(createServer((req, res) => void answer(req, res)));

/** How a promise fails. */
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail('nothing was thrown'),
    (error: Error & { code?: string }) => error,
  );

describe('send', () => {
  afterEach(() => {
    for (const server of servers.splice(0)) {
      if ('closeAllConnections' in server) {
        (server.closeAllConnections as () => void).call(server);
      }
      server.close();
    }
  });

  describe('with a limiter', () => {
    /** A limiter that notes what it is asked, and a server whose name takes long to look up. */
    const setUp = async () => {
      const events: string[] = [];
      const origin = await serve((req, res) => {
        events.push('arrives');
        req.resume().on('end', () => res.end('{}'));
      });
      const lookups: (() => void)[] = [];
      const lookup = (_host: string, options: { all?: boolean }, tell: any) =>
        lookups.push(() =>
          options.all
            ? tell(null, [{ address: '127.0.0.1', family: 4 }])
            : tell(null, '127.0.0.1', 4),
        );
      const limiter = {
        take: () => void events.push('take'),
        begin: () => events.push('begin') > 0,
        giveBack: () => void events.push('give back'),
      };
      const go = () =>
        send({
          ...request,
          origin: origin.replace('127.0.0.1', 'slow.test'),
          tls: { lookup },
          limiter: limiter as never,
        });
      return { events, go, lookups };
    };
    const soon = () => new Promise(resolve => setImmediate(resolve));
    const until = async (isTrue: () => boolean) => {
      while (!isTrue()) await soon();
    };

    it('gives a token back while a connection is made, and takes another one for the moment of writing', async () => {
      const { events, go, lookups } = await setUp();

      const answer = go();
      await until(() => events.length > 1);
      expect(events).to.deep.equal(['take', 'give back']);
      await until(() => lookups.length > 0);
      lookups[0]!();
      await answer;

      expect(events).to.deep.equal([
        'take',
        'give back',
        'take',
        'begin',
        'arrives',
      ]);
    });

    it('writes on a connection that stands with its first token', async () => {
      const { events, go, lookups } = await setUp();
      const first = go();
      await until(() => lookups.length > 0);
      lookups[0]!();
      await first;
      // undici takes a moment until it knows that the connection is free.
      await soon();
      events.length = 0;

      await go();

      expect(events).to.deep.equal(['take', 'begin', 'arrives']);
      expect(lookups).to.have.length(1);
    });

    it('fails as any other send when there is no connection', async () => {
      const { events } = await setUp();
      const closed = await serve((_, res) => res.end());
      servers.splice(-1).forEach(server => server.close());

      const error = await failure(
        send({
          ...request,
          origin: closed,
          limiter: {
            take: () => void events.push('take') as undefined,
            begin: () => true,
            giveBack: () => void events.push('give back'),
          },
        }),
      );

      expect(error).to.be.instanceOf(NeverBegun);
      await soon();
      expect(events).to.deep.equal(['take', 'give back']);
    });
  });

  it('puts method, path, headers and body on the wire as given', async () => {
    let received: unknown;
    const origin = await serve((req, res) => {
      void text(req).then(body => {
        const { method, url, headers } = req;
        received = { method, url, body, token: headers.authorization };
        res.end();
      });
    });

    await send({ ...request, origin });

    expect(received).to.deep.equal({
      method: 'POST',
      url: '/v25.0/123/messages?a=1',
      body: '{"a":"ä"}',
      token: 'Bearer T',
    });
  });

  it('collects an answer that comes in pieces', async () => {
    const origin = await serve((_, res) => {
      res.writeHead(201, 'Made', { 'x-a': 'b' });
      res.write('{"a":');
      setTimeout(() => res.end('1}'), 5);
    });

    const answer = await send({ ...request, origin });

    expect(answer.statusCode).to.equal(201);
    expect(answer.statusText).to.equal('Made');
    expect(answer.headers['x-a']).to.equal('b');
    expect(String(answer.body)).to.equal('{"a":1}');
  });

  describe('with a most size', () => {
    const serveBytes = (statusCode: number, length?: number) =>
      serve((_, res) => {
        res.writeHead(statusCode, length ? { 'content-length': length } : {});
        res.write('12345', () => res.end('67890'));
      });

    it('collects an answer that has just that size', async () => {
      for (const length of [10, undefined]) {
        const origin = await serveBytes(200, length);

        const { body } = await send({ ...request, origin, maxSize: 10 });

        expect(String(body)).to.equal('1234567890');
      }
    });

    it('stops at more, whether the answer says so or not', async () => {
      for (const length of [10, undefined]) {
        const origin = await serveBytes(200, length);

        const error = await failure(send({ ...request, origin, maxSize: 9 }));

        expect(error).to.be.instanceOf(ResponseTooLarge);
        expect(error).to.include({ maxSize: 9 });
      }
    });

    it('reads a refusal, however long it is', async () => {
      const origin = await serveBytes(404, 10);

      const answer = await send({ ...request, origin, maxSize: 1 });

      expect(answer.statusCode).to.equal(404);
      expect(String(answer.body)).to.equal('1234567890');
    });
  });

  it('hands over a stream when asked to', async () => {
    const origin = await serve((_, res) => res.end('bytes'));

    const { body } = await send({ ...request, origin, isStreamed: true });

    expect(Buffer.isBuffer(body)).to.equal(false);
    expect(await text(body as NodeJS.ReadableStream)).to.equal('bytes');
  });

  it('does not follow a redirect', async () => {
    const origin = await serve((_, res) => {
      res.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
    });

    expect((await send({ ...request, origin })).statusCode).to.equal(302);
  });

  it('keeps connections for the next requests', async () => {
    let connections = 0;
    const server = createServer((_, res) => res.end());
    server.on('connection', () => connections++);
    const origin = await listen(server);

    for (let i = 0; i < 10; i++) await send({ ...request, origin });

    // undici takes a second one while the first is being freed.
    expect(connections).to.be.at.most(2);
  });

  it('tells that the connection was refused', async () => {
    const origin = await serve(() => undefined);
    servers.pop()!.close();

    const error = await failure(send({ ...request, origin }));

    expect(error).to.be.instanceOf(NeverBegun);
    expect(error.cause).to.include({ code: 'ECONNREFUSED' });
  });

  it('tells a connection lost before the request from one lost after it', async () => {
    const origin = await listen(createTcpServer(socket => socket.destroy()));

    const before = failure(
      send({ ...request, origin: origin.replace('http:', 'https:') }),
    );
    const after = failure(send({ ...request, origin }));

    expect(await before).to.be.instanceOf(NeverBegun);
    expect(await after).not.to.be.instanceOf(NeverBegun);
  });

  it('tells that no answer came in time', async () => {
    const origin = await serve(() => undefined);

    const error = await failure(send({ ...request, origin, timeout: 50 }));

    expect(error.code).to.equal('UND_ERR_HEADERS_TIMEOUT');
  });

  it('tells a lost connection from an answer that broke off', async () => {
    const lost = await listen(createTcpServer(socket => socket.destroy()));
    const broken = await serve((_, res) => {
      res.writeHead(200, { 'content-length': '100' });
      res.write('{', () => res.destroy());
    });

    expect((await failure(send({ ...request, origin: lost }))).code).to.match(
      /UND_ERR_SOCKET|ECONNRESET|EPIPE/,
    );
    const error = await failure(send({ ...request, origin: broken }));
    expect(error).to.be.instanceOf(BrokenResponse);
    expect(error).to.include({ statusCode: 200 });
  });

  it('is seen by the mock library, so that stories can use it', async () => {
    // Loaded here, because loading it alone puts it between all tests and the network.
    const { default: nock } = await import('nock');
    nock.disableNetConnect();
    const scope = nock('https://graph.facebook.com')
      .post('/v25.0/123/messages?a=1', { a: 'ä' })
      .reply(200, { ok: true });

    const { body } = await send({
      ...request,
      origin: 'https://graph.facebook.com',
    });

    expect(String(body)).to.equal('{"ok":true}');
    scope.done();
    nock.restore();
    nock.enableNetConnect();
  });
});
