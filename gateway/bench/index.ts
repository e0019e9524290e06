import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SECRET } from '../test/support/payloads';
import { BINARIES, PostgresServer } from '../test/support/postgres-server';
import { endAll, measure, memoryOf, serve } from './processes';
import type { Server } from './processes';

type Steady = { p50: number; p99: number; most: number; failed: number };
type FlatOut = { rate: number; p50: number; p99: number; failed: number };

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '240' },
    seconds: { type: 'string', default: '20' },
    minutes: { type: 'string' },
    only: { type: 'string' },
  },
});
const seconds = values.minutes ? Number(values.minutes) * 60 : values.seconds;

const SLOW_DISK = new URL('slow-disk.mjs', import.meta.url).href;
const folders: string[] = [];
const postgres =
  BINARIES === undefined ? undefined : await PostgresServer.create(newFolder());

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-bench-'));
  folders.push(folder);
  return folder;
}

function gateway(more: Record<string, string>): Promise<Server> {
  return serve('../dist/cli.js', {
    WHATSAPP_VERIFY_TOKEN: 'a token',
    WHATSAPP_APP_SECRET: SECRET,
    GATEWAY_DATA: newFolder(),
    OPENFN_WEBHOOK_URL: sink.url,
    PORT: '0',
    FORWARD: 'messages',
    ...more,
  });
}

const sink = await serve('sink.ts');
const cases: [string, () => Promise<Server>][] = [
  ['bare Hono, signature only', () => serve('bare.ts')],
  ['gateway, embedded store', () => gateway({})],
  ['the same, every kind forwarded', () => gateway({ FORWARD: 'all' })],
  [
    'the same, on a disk that syncs in 10 ms',
    () => gateway({ FORWARD: 'all', NODE_OPTIONS: `--import ${SLOW_DISK}` }),
  ],
];
if (postgres !== undefined) {
  const { url } = postgres;
  cases.push(['gateway, PostgreSQL', () => gateway({ DATABASE_URL: url })]);
}

console.log(
  `${values.rate} webhooks a second for ${seconds} s, then flat out for 10 s;`,
  `Node ${process.version}, ${cpus().length} cores, ${cpus()[0]?.model}\n`,
);
console.log(
  '| case | p50 ms | p99 ms | longest ms | failed | memory MB | flat out, a second | p99 ms |',
);
console.log('| --- | --- | --- | --- | --- | --- | --- | --- |');
try {
  for (const [name, start] of cases) {
    if (name.includes(values.only ?? '')) await runCase(name, await start());
  }
} finally {
  await endAll();
  await postgres?.stop();
  for (const folder of folders) {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runCase(name: string, server: Server): Promise<void> {
  // What is compiled only later, and the first connections, are no part of it.
  await measure<Steady>('steady.ts', [server.url, values.rate, '20']);
  const memory: number[] = [memoryOf(server.pid)];
  const sampling = setInterval(() => memory.push(memoryOf(server.pid)), 1000);
  const steady = await measure<Steady>('steady.ts', [
    ...[server.url, values.rate, String(seconds)],
  ]);
  clearInterval(sampling);
  const flatOut = await measure<FlatOut>('flat-out.ts', [server.url, '10']);
  await server.stop();
  const cells = [
    name,
    ...[steady.p50, steady.p99, steady.most].map(ms => ms.toFixed(1)),
    steady.failed + flatOut.failed,
    `${memory[0]?.toFixed(0)} to ${memory.at(-1)?.toFixed(0)}`,
    flatOut.rate.toFixed(0),
    flatOut.p99.toFixed(0),
  ];
  console.log(`| ${cells.join(' | ')} |`);
  if (values.minutes) console.log(`memory by minute: ${byMinute(memory)}`);
}

function byMinute(memory: number[]): string {
  return memory
    .filter((_, second) => second % 60 === 0)
    .map(megabytes => megabytes.toFixed(0))
    .join(', ');
}
