import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createGateway } from '../../gateway/src/index';
import { filesOf } from './journey';
import type { Journey } from './journey';
import { textWebhook } from './webhook';

const SECRET = 'a secret of the app';
const ROUNDS = 5;
/** Milliseconds until a forward is noted as done. */
const SETTLED = 200;
/** Milliseconds; looks for nothing by itself meanwhile. */
const POLL = 600_000;

export const gatewayJourneys: Journey[] = [
  { name: 'gateway', limit: 14, run: storeAndForward },
];

/**
 * One webhook stored and forwarded. A timer that happens to fire meanwhile is
 * no part of it, so what counts runs for each of several webhooks.
 */
async function storeAndForward(): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'journeys-'));
  const openfn = await startOpenFn();
  const gateway = createGateway({
    verifyToken: 'a token I chose',
    appSecrets: SECRET,
    gatewayKey: 'a-key-for-reading-0123456789abcdef',
    openfnWebhookUrl: `${urlOf(openfn)}/i/8f1c2d3e-4b5a-4c6d-8e7f-90a1b2c3d4e5`,
    dataFolder: folder,
    port: 0,
    logLevel: 'silent',
    pace: { poll: POLL },
  });
  try {
    const { url } = await gateway.start();
    const rounds: string[][] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const pass = () => passOne(url, `wamid.${round}`, openfn);
      rounds.push(await filesOf('gateway/src', pass));
    }
    const [first = [], ...others] = rounds;
    return first.filter(file => others.every(files => files.includes(file)));
  } finally {
    await gateway.stop();
    openfn.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Posts a webhook as Meta does, and waits until it is at OpenFn. */
async function passOne(url: string, id: string, openfn: Server): Promise<void> {
  const body = JSON.stringify(textWebhook(id));
  const signature = createHmac('sha256', SECRET).update(body).digest('hex');
  const arrived = once(openfn, 'request');
  const { status } = await fetch(`${url}/webhook`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-hub-signature-256': `sha256=${signature}`,
    },
  });
  if (status !== 200) throw new Error(`The gateway answered ${status}.`);
  await arrived;
  await wait(SETTLED);
}

/** A webhook trigger that takes everything. */
async function startOpenFn(): Promise<Server> {
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      response.setHeader('content-type', 'application/json');
      response.end('{"work_order_id":"b7a1"}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

const urlOf = (server: Server): string =>
  `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
