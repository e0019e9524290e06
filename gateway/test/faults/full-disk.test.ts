import { randomBytes } from 'node:crypto';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { createWriter } from '../../src/store/webhook-store';
import { arrival } from '../support/arrivals';
import { newDataFolder, openEmbedded } from '../support/folders';
import { newId, post, textWebhook } from '../support/payloads';
import { GatewayProcess, killGateways } from '../support/processes';
import {
  emptyDisk,
  fillDisk,
  newDisk,
  unmountDisks,
} from '../support/small-disks';
import { storedIds } from '../support/stored';
import { newIds, sendAll } from '../support/traffic';
import { sleep, until } from '../support/waiting';

const statusOf = async (address: string) => (await fetch(address)).status;

describe('a gateway whose disk is full', () => {
  afterEach(async () => {
    await killGateways();
    unmountDisks();
  });

  async function start(test: Mocha.Context, settings = {}) {
    const disk = newDisk(test, 300);
    const folder = join(disk, 'data');
    cpSync(await newDataFolder(), folder, { recursive: true });
    const environment = { GATEWAY_DATA: folder, FORWARD: 'none', ...settings };
    const gateway = await new GatewayProcess(environment).ready();
    return { disk, gateway, environment };
  }

  it('refuses webhooks before the disk is full, and takes them when there is space', async function () {
    const { disk, gateway } = await start(this);
    const { url } = gateway;
    const before = await sendAll([url], newIds(20));

    fillDisk(disk, 40);
    await until(async () => (await statusOf(`${url}/readyz`)) === 503, 'red');
    const refused = await post(url, textWebhook('Hello', { id: newId() }));
    const alive = await statusOf(`${url}/livez`);
    emptyDisk(disk);
    await until(async () => (await statusOf(`${url}/readyz`)) === 200, 'green');
    const after = await sendAll([url], newIds(20));

    expect(refused.status).to.equal(503);
    expect(await refused.text()).to.include('STORAGE_FULL');
    expect(alive).to.equal(200);
    expect([...before, ...after]).to.have.length(40);
    expect(await storedIds(url)).to.have.members([...before, ...after]);
    expect(gateway.lines.join('\n')).to.include('webhooks cannot be stored');
  });

  it('has every acknowledged event when it runs full while it writes, and recovers by itself', async function () {
    const disk = newDisk(this, 300);
    const folder = join(disk, 'data');
    cpSync(await newDataFolder(), folder, { recursive: true });
    // A gateway waits longer for a disk that is slow.
    const limits = { progress: 5_000, pause: 100 };
    const database = await openEmbedded(folder, { limits });
    const write = createWriter(database, { keep: () => Promise.resolve() });
    let acknowledged = 0;
    const isStored = () => {
      const text = randomBytes(200_000).toString('hex');
      return write([arrival(textWebhook(text))]).then(
        () => (acknowledged += 1) > 0,
        () => false,
      );
    };
    fillDisk(disk);

    // Until what PostgreSQL had set aside is used up.
    await until(async () => !(await isStored()), 'running full');
    emptyDisk(disk);
    await until(isStored, 'recovering');

    const [row] = await database.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM whatsapp_gateway.events',
    );
    expect(row?.count).to.be.at.least(acknowledged);
    await database.close();
  });

  it('is not ready from the first webhook on that it cannot store, until there is space', async function () {
    const { disk, gateway } = await start(this, { MIN_FREE_MB: '0' });
    const { url } = gateway;
    const readiness = () => statusOf(`${url}/readyz`);
    fillDisk(disk);
    const isRefused = async () => {
      const text = randomBytes(200_000).toString('hex');
      return (await post(url, textWebhook(text))).status === 503;
    };

    await until(isRefused, 'refusing');
    const atOnce = await readiness();
    await sleep(5_000);
    const later = await readiness();
    emptyDisk(disk);
    await until(async () => (await readiness()) === 200, 'green');

    expect([atOnce, later]).to.deep.equal([503, 503]);
    expect(await isRefused()).to.equal(false);
  });

  it('stops on SIGTERM', async function () {
    const { disk, gateway } = await start(this, { MIN_FREE_MB: '0' });
    fillDisk(disk);
    const ids = newIds(2000);
    void sendAll([gateway.url], ids);
    await sleep(500);

    const end = await Promise.race([gateway.stop(), sleep(10_000, 'running')]);

    expect(end).to.not.equal('running');
  });
});
