import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import type { AddressInfo } from 'node:net';
import { verify } from '../../src/webhook';
import { SECRET } from '../test/support/payloads';

// What cannot be had for less: an endpoint that checks the signature, stores nothing and answers.
const app = new Hono().post('/webhook', async context => {
  const body = Buffer.from(await context.req.arrayBuffer());
  const signature = context.req.header('x-hub-signature-256');
  return context.text('', verify(body, signature, SECRET) ? 200 : 401);
});

const server = createAdaptorServer({ fetch: app.fetch });
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  console.log(JSON.stringify({ msg: 'the gateway is ready', url }));
});
