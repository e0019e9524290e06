import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { Command } from './command';
import { dump } from '../backup/dump';
import { checkTarget, writeBackup } from '../backup/file';
import { checkRestored } from '../backup/restore';
import { GatewayError, codeOf } from '../errors';
import { createLogger } from '../logger';
import { readSome } from '../settings/environment';
import type { Settings } from '../settings/settings';
import type { Database } from '../store/database';
import { needTables } from '../store/migrations';
import { openDatabase } from '../store/open';
import { needOption } from './command';
import { createProgress } from './progress';

const STORE = ['databaseUrl', 'dataFolder', 'logLevel'] as const;
const ADDRESS = ['host', 'port', 'operateKey', 'gatewayKey'] as const;

/** Saves everything in a file, while the gateway runs or not. */
export const backupCommand: Command = {
  summary: 'saves everything in a file, also while the gateway runs',
  options: { to: { argument: ' FILE', summary: 'the file to make' } },
  async run({ values, environment }) {
    const file = needOption(values, 'to', 'the file to make');
    checkTarget(file);
    const settings = readSome(environment(), [...STORE, ...ADDRESS]);
    const log = createLogger(settings.logLevel);
    const progress = createProgress(log, 'the backup is being written');
    const { source, end } = await openSource(settings);
    try {
      const counts = await writeBackup(source, file, bytes =>
        progress({ bytes }),
      );
      log.info({ counts }, 'the backup is complete');
    } finally {
      await end();
    }
  },
};

type Given = Pick<Settings, (typeof STORE)[number] | (typeof ADDRESS)[number]>;
type Source = { source: Readable; end: () => Promise<void> };

/** The store; or the gateway that has its folder. */
async function openSource(settings: Given): Promise<Source> {
  let database: Database;
  try {
    database = await openDatabase(settings, createLogger(settings.logLevel));
  } catch (error) {
    if (codeOf(error) !== 'FOLDER_IN_USE') throw error;
    return { source: await ask(settings), end: () => Promise.resolve() };
  }
  try {
    await needTables(database);
    await checkRestored(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  const rows = Readable.from(dump(database), { objectMode: false });
  const source = createGzip();
  rows.on('error', error => source.destroy(error)).pipe(source);
  const end = async () => {
    rows.destroy();
    await database.close();
  };
  return { source, end };
}

async function ask({
  host,
  port,
  operateKey,
  gatewayKey,
}: Given): Promise<Readable> {
  const key = [...operateKey, ...gatewayKey][0] ?? '';
  const name = host.includes(':') ? `[${host}]` : host;
  const url = `http://${name}:${port}/backup`;
  const headers = { authorization: `Bearer ${key}` };
  const response = await fetch(url, { headers }).catch((error: unknown) => {
    throw unreachable(url, 'no answer', error);
  });
  if (response.ok && response.body !== null) {
    return Readable.fromWeb(response.body);
  }
  throw unreachable(url, `status ${response.status}`);
}

function unreachable(url: string, how: string, cause?: unknown): GatewayError {
  return new GatewayError(
    'GATEWAY_UNREACHABLE',
    `A gateway runs on the folder of GATEWAY_DATA, and ${url} gives no backup: ${how}.`,
    'Give this command the HOST, PORT and OPERATE_KEY (or GATEWAY_KEY) of that gateway; or stop the gateway.',
    cause,
  );
}
