import { connect } from 'node:net';
import { expect } from 'chai';
import { Hono } from 'hono';
import { listen } from '../../src/http/server';
import { rejects } from '../support/rejects';

const LOCAL = { host: '127.0.0.1', port: 0 };

/** Everything that comes back until the connection is closed. */
function talk(port: number, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    socket.on('data', chunk => (answer += chunk.toString()));
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}

describe('listen', () => {
  it('says what is wrong when the port is taken', async () => {
    const server = await listen(new Hono(), LOCAL);

    const second = listen(new Hono(), { ...LOCAL, port: server.port });

    const { message } = await rejects(second, 'PORT_IN_USE');
    expect(message).to.include('PORT');
    await server.close();
  });

  it('says what is wrong when the address is not ours', async () => {
    await rejects(
      listen(new Hono(), { host: '203.0.113.1', port: 0 }),
      'CANNOT_LISTEN',
    );
  });

  it('answers what it has begun before it closes, and keeps no connection', async () => {
    let begin: () => void;
    let finish: () => void;
    const begun = new Promise<void>(resolve => (begin = resolve));
    const finished = new Promise<void>(resolve => (finish = resolve));
    const app = new Hono().get('/', async c => {
      begin();
      await finished;
      return c.text('done');
    });
    const server = await listen(app, LOCAL);
    const answer = fetch(server.url);
    await begun;

    const closed = server.close();
    finish!();
    await closed;

    expect(await (await answer).text()).to.equal('done');
  });

  for (const [what, request] of [
    ['headers', 'POST /webhook HTTP/1.1\r\nHost: a\r\n'],
    [
      'body',
      'POST /webhook HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nslow',
    ],
  ] as const) {
    it(`hangs up on who does not send the whole ${what}`, async () => {
      const app = new Hono().post('/webhook', async c => {
        await c.req.arrayBuffer();
        return c.text('complete');
      });
      const server = await listen(app, LOCAL, {
        headersTimeout: 200,
        requestTimeout: 300,
        connectionsCheckingInterval: 50,
      });

      const answer = await talk(server.port, request);

      expect(answer).to.not.include('complete');
      await server.close();
    });
  }

  for (const [what, request] of [
    ['says nothing', ''],
    ['does not send its whole headers', 'POST / HTTP/1.1\r\nHost: a\r\n'],
    [
      'does not send its whole body',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nslow',
    ],
  ] as const) {
    it(`closes in time also when a client ${what}`, async () => {
      const app = new Hono()
        .post('/', async c => c.text(await c.req.text().catch(() => '')))
        .get('/', c => c.text('here'));
      const server = await listen(app, LOCAL, { closeTimeout: 100 });
      const talking = talk(server.port, request);
      // Connections are taken in their order: after this one, the other is there.
      await (await fetch(server.url)).text();

      await server.close();

      expect(await talking).to.equal('');
    });
  }

  it('refuses what is no HTTP', async () => {
    const server = await listen(new Hono(), LOCAL);

    expect(await talk(server.port, 'Good morning\r\n\r\n')).to.include('400');
    await server.close();
  });
});
