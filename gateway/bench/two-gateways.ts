import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  rmdirSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SECRET } from '../test/support/payloads';
import { PostgresServer } from '../test/support/postgres-server';
import { endAll, measure, serve } from './processes';
import type { Server } from './processes';

// What a second gateway on the same PostgreSQL adds. Gateways, PostgreSQL and
// load share a machine here, so each gateway gets only a part of a core: else
// the machine would be the limit, not the gateway. Needs root on Linux.
const { values } = parseArgs({
  options: {
    cores: { type: 'string', default: '0.25' },
    seconds: { type: 'string', default: '15' },
    rounds: { type: 'string', default: '3' },
  },
});
const PERIOD = 10_000;
const QUOTA = Math.round(Number(values.cores) * PERIOD);
const GROUPS = '/sys/fs/cgroup';

const folder = mkdtempSync(join(tmpdir(), 'gateway-bench-'));
const groups: string[] = [];
const postgres = await PostgresServer.create(folder);
try {
  const sink = await serve('sink.ts');
  const gateways = [await gateway(sink), await gateway(sink)];
  for (const { url } of gateways) await flatOut(url, '5');
  console.log('| one gateway, a second | two gateways, a second | ratio |');
  console.log('| ---: | ---: | ---: |');
  for (let round = 0; round < Number(values.rounds); round++) {
    const one = await flatOut(gateways[round % 2]?.url ?? '');
    const both = await Promise.all(gateways.map(({ url }) => flatOut(url)));
    const two = both.reduce((sum, rate) => sum + rate, 0);
    console.log(
      `| ${one.toFixed(0)} | ${two.toFixed(0)} | ${(two / one).toFixed(2)} |`,
    );
  }
} finally {
  await endAll();
  await postgres.stop();
  for (const group of groups) rmdirSync(group);
  rmSync(folder, { recursive: true, force: true });
}

async function gateway(sink: Server): Promise<Server> {
  const server = await serve('../dist/cli.js', {
    WHATSAPP_VERIFY_TOKEN: 'a token',
    WHATSAPP_APP_SECRET: SECRET,
    DATABASE_URL: postgres.url,
    OPENFN_WEBHOOK_URL: sink.url,
    PORT: '0',
    FORWARD: 'messages',
  });
  limit(server.pid);
  return server;
}

/** Lets a process have so much of a core, with the first or second version of control groups. */
function limit(pid: number): void {
  const isFirst = existsSync(join(GROUPS, 'cpu'));
  const group = join(GROUPS, isFirst ? 'cpu' : '', `gateway-bench-${pid}`);
  mkdirSync(group);
  groups.push(group);
  const write = (name: string, value: string | number) =>
    writeFileSync(join(group, name), String(value));
  if (isFirst) {
    write('cpu.cfs_period_us', PERIOD);
    write('cpu.cfs_quota_us', QUOTA);
  } else {
    write('cpu.max', `${QUOTA} ${PERIOD}`);
  }
  write('cgroup.procs', pid);
}

async function flatOut(url: string, seconds = values.seconds): Promise<number> {
  const { rate } = await measure<{ rate: number }>('flat-out.ts', [
    url,
    seconds,
  ]);
  return rate;
}
