import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { expect } from 'chai';
import { Hono } from 'hono';
import { listen } from '../../src/http/server';
import { until } from '../support/waiting';

describe('limitConnections', () => {
  it('closes the connection that has waited longest, and none that is being served', async () => {
    let finish: () => void = () => undefined;
    const app = new Hono()
      .get('/', c => c.text('here'))
      .get('/slow', async c => {
        await new Promise<void>(resolve => (finish = resolve));
        return c.text('served');
      });
    const server = await listen(
      app,
      { host: '127.0.0.1', port: 0 },
      { total: 3 },
    );
    const open = async (text: string) => {
      const socket = connect(server.port, '127.0.0.1').resume();
      await new Promise<void>(resolve => socket.once('connect', resolve));
      socket.write(text);
      return socket;
    };
    let answer = '';
    const served = await open('GET /slow HTTP/1.1\r\nHost: a\r\n\r\n');
    served.on('data', chunk => (answer += chunk.toString()));
    await until(() => String(finish).includes('resolve') || true, 'serving');
    const silent: Socket[] = [await open(''), await open('')];

    const response = await fetch(server.url);

    expect(await response.text()).to.equal('here');
    await until(() => silent[0]?.closed, 'closing');
    expect(silent[1]?.closed).to.equal(false);
    finish();
    await until(() => answer.includes('served'), 'answering');
    for (const socket of [served, ...silent]) socket.destroy();
    await server.close();
  });

  describe('with 3 connections for each address', function () {
    const sockets: Socket[] = [];
    const ends: (() => Promise<void>)[] = [];

    before(function () {
      // Other systems have no addresses of this machine but 127.0.0.1.
      if (process.platform !== 'linux') this.skip();
    });

    afterEach(async () => {
      for (const socket of sockets.splice(0)) socket.destroy();
      for (const end of ends.splice(0)) await end();
    });

    const start = async (trustProxy: number) => {
      const app = new Hono().get('/', c => c.text('here'));
      const address = { host: '127.0.0.1', port: 0, trustProxy };
      const server = await listen(app, address, { perAddress: 3 });
      ends.push(() => server.close());
      return server;
    };
    /** Opens connections that say nothing, one after the other. */
    const open = async (port: number, localAddress: string, count: number) => {
      const opened: Socket[] = [];
      for (let i = 0; i < count; i++) {
        const socket = connect({ port, host: '127.0.0.1', localAddress });
        socket.resume().on('error', () => undefined);
        await new Promise<void>(resolve => socket.once('connect', resolve));
        opened.push(socket);
      }
      sockets.push(...opened);
      return opened;
    };
    const closedOf = (list: Socket[]) => list.map(({ closed }) => closed);

    it('closes the one of an address that has waited longest, and none of another', async () => {
      const { port, url } = await start(0);
      const one = await open(port, '127.0.0.2', 3);
      const other = await open(port, '127.0.0.3', 3);

      const [next] = await open(port, '127.0.0.2', 1);

      await until(() => one[0]?.closed, 'closing');
      expect(await (await fetch(url)).text()).to.equal('here');
      expect(closedOf(one)).to.deep.equal([true, false, false]);
      expect(closedOf([...other, next as Socket])).to.not.include(true);
    });

    it('closes none of 127.0.0.1, where a proxy of this machine has them all', async () => {
      const { port, url } = await start(0);
      const proxy = await open(port, '127.0.0.1', 8);
      // These are closed, and what came before would have been.
      const one = await open(port, '127.0.0.2', 4);

      await until(() => one[0]?.closed, 'closing');
      expect(await (await fetch(url)).text()).to.equal('here');
      expect(closedOf(proxy)).to.not.include(true);
    });

    it('closes none of an address behind TRUST_PROXY, where it is that of a proxy', async () => {
      const { port, url } = await start(1);
      const proxy = await open(port, '127.0.0.2', 8);

      for (let i = 0; i < 5; i++) await (await fetch(url)).text();

      expect(closedOf(proxy)).to.not.include(true);
    });
  });
});
