import { request } from 'node:http';
import { expect } from 'chai';
import { Hono } from 'hono';
import { addressOf } from '../../src/http/guard';
import { listen } from '../../src/http/server';
import type { WebServer } from '../../src/http/server';

describe('addressOf', () => {
  let server: WebServer;

  before(async function () {
    // Other systems have no addresses of this machine but 127.0.0.1.
    if (process.platform !== 'linux') this.skip();
    const app = new Hono().get('/:proxies', c =>
      c.text(addressOf(c, Number(c.req.param('proxies')))),
    );
    server = await listen(app, { host: '127.0.0.1', port: 0 });
  });

  after(() => server?.close());

  /** The address that the server finds for a client at 127.0.0.2. */
  const ask = (proxies: number, forwarded?: string | string[]) =>
    new Promise<string>((resolve, reject) => {
      const headers = forwarded && { 'x-forwarded-for': forwarded };
      request(
        `${server.url}/${proxies}`,
        { localAddress: '127.0.0.2', ...(headers && { headers }) },
        response => {
          response.setEncoding('utf8').once('data', resolve);
        },
      )
        .once('error', reject)
        .end();
    });

  it('is that of the connection, whatever a client writes, without a proxy', async () => {
    expect(await ask(0)).to.equal('127.0.0.2');
    expect(await ask(0, '203.0.113.7')).to.equal('127.0.0.2');
  });

  it('is what the proxy in front saw, not what the client wrote', async () => {
    expect(await ask(1, '203.0.113.7')).to.equal('203.0.113.7');
    expect(await ask(1, '198.51.100.1, 203.0.113.7')).to.equal('203.0.113.7');
    expect(await ask(1, ['198.51.100.1', '203.0.113.7'])).to.equal(
      '203.0.113.7',
    );
  });

  it('is what the first of several proxies saw', async () => {
    const seen = '198.51.100.1, 203.0.113.7, 10.0.0.1';

    expect(await ask(2, seen)).to.equal('203.0.113.7');
  });

  it('is that of the connection when the proxy named none', async () => {
    expect(await ask(1)).to.equal('127.0.0.2');
    expect(await ask(2, '203.0.113.7')).to.equal('127.0.0.2');
    expect(await ask(1, '203.0.113.7, ')).to.equal('127.0.0.2');
  });
});
