import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { rounds } from '../../../test/stress';
import { hangDisk } from '../support/hanging-disk';
import { newDataFolder } from '../support/folders';
import { GatewayProcess, killGateways } from '../support/processes';
import {
  emptyDisk,
  fillDisk,
  newDisk,
  unmountDisks,
} from '../support/small-disks';
import { storedIds } from '../support/stored';
import { LargeTraffic } from '../support/traffic';
import { sleep, until } from '../support/waiting';

const TIMES = 3;
const STOP_LIMIT = 10_000;

const readiness = async (url: string) => (await fetch(`${url}/readyz`)).status;

/** In what state the gateway is told to stop; returns how to end that state. */
const STATES: Record<string, (disk: string, folder: string) => () => void> = {
  'while all is well': () => () => undefined,
  'while its disk is full': disk => {
    fillDisk(disk);
    return () => emptyDisk(disk);
  },
  'while its disk hangs': (_disk, folder) => hangDisk(folder),
};

describe('a gateway whose disk is full again and again', () => {
  afterEach(async () => {
    await killGateways();
    unmountDisks();
  });

  for (const { seed, random } of rounds()) {
    for (const [state, enter] of Object.entries(STATES)) {
      it(`loses nothing, recovers by itself, and stops ${state} (seed ${seed})`, async function () {
        const disk = newDisk(this, 400);
        const folder = join(disk, 'data');
        cpSync(await newDataFolder(), folder, { recursive: true });
        const MIN_FREE_MB = random() < 0.5 ? '0' : '64';
        const environment = { GATEWAY_DATA: folder, FORWARD: 'none' };
        const gateway = await new GatewayProcess({
          ...environment,
          MIN_FREE_MB,
        }).ready();
        const traffic = new LargeTraffic(gateway.url);

        for (let i = 0; i < TIMES; i++) {
          const more = traffic.acknowledged.length + 50;
          await until(() => traffic.acknowledged.length >= more, 'storing');
          await sleep(random() * 3_000);
          fillDisk(disk);
          const { refused } = traffic;
          await until(() => traffic.refused > refused, 'refusing');
          await until(
            async () => (await readiness(gateway.url)) === 503,
            'red',
          );
          await sleep(random() * 3_000);
          emptyDisk(disk);
          await until(
            async () => (await readiness(gateway.url)) === 200,
            'green',
          );
        }
        const leave = enter(disk, folder);
        await sleep(random() * 3_000);
        const toldAt = performance.now();
        await gateway.stop();
        const duration = performance.now() - toldAt;
        await traffic.stop();
        leave();

        const { acknowledged } = traffic;
        const next = await new GatewayProcess(environment).ready();
        const stored = await storedIds(next.url);
        await next.stop();
        console.log(
          `      MIN_FREE_MB=${MIN_FREE_MB}: ${acknowledged.length} acknowledged, 0 lost, ${traffic.refused} answered 503, ended ${(duration / 1000).toFixed(1)} s after SIGTERM`,
        );
        expect(new Set(stored).size).to.equal(stored.length);
        const kept = new Set(stored);
        expect(acknowledged.filter(id => !kept.has(id))).to.deep.equal([]);
        expect(traffic.others).to.deep.equal([]);
        expect(duration).to.be.below(STOP_LIMIT);
      });
    }
  }
});
