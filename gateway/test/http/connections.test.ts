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
});
