import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { newDataFolder } from '../support/folders';
import { newId, post, textWebhook } from '../support/payloads';
import { GatewayProcess, killGateways } from '../support/processes';
import {
  emptyDisk,
  fillDisk,
  newDisk,
  unmountDisks,
} from '../support/small-disks';
import { storedIds } from '../support/stored';
import { LargeTraffic, newIds, sendAll } from '../support/traffic';
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
    const { disk, gateway } = await start(this, { MIN_FREE_MB: '0' });
    const { url } = gateway;
    fillDisk(disk);

    // Until what PostgreSQL had set aside is used up.
    const traffic = new LargeTraffic(url, { size: 400_000 });
    await until(() => traffic.refused > 0, 'running full');
    const alive = await statusOf(`${url}/livez`);
    await until(async () => (await statusOf(`${url}/readyz`)) === 503, 'red');
    await traffic.stop();
    emptyDisk(disk);
    await until(async () => (await statusOf(`${url}/readyz`)) === 200, 'green');
    const { acknowledged } = traffic;
    acknowledged.push(...(await sendAll([url], newIds(20))));

    expect(alive).to.equal(200);
    const stored = await storedIds(url);
    expect(new Set(stored).size).to.equal(stored.length);
    expect(stored).to.include.members(acknowledged);
    console.log(`      ${acknowledged.length} acknowledged, 0 lost`);
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
