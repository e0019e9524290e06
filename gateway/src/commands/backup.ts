import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';
import type { Command } from './command';
import { dump } from '../backup/dump';
import { checkTarget, writeBackup } from '../backup/file';
import { checkRestored } from '../backup/restore';
import { codeOf } from '../core/errors';
import { createLogger } from '../core/logger';
import { readSome } from '../settings/environment';
import type { Settings } from '../settings/settings';
import type { Database } from '../database/database';
import { needTables } from '../schema/migrations';
import { openDatabase } from '../database/open-database';
import { createProgressLog, needOption } from './command';
import {
  ADDRESS,
  GATEWAY_OPTION,
  HAS_FOLDER,
  askGateway,
  gatewayAt,
} from './running-gateway';
import type { RunningGateway } from './running-gateway';

const STORE = ['databaseUrl', 'dataFolder', 'logLevel'] as const;

/** Saves everything in a file, while the gateway runs or not. */
export const backupCommand: Command = {
  summary: 'saves everything in a file, also while the gateway runs',
  options: {
    to: { argument: ' FILE', summary: 'the file to make' },
    gateway: GATEWAY_OPTION,
  },
  async run({ values, environment }) {
    const file = needOption(values, 'to', 'the file to make');
    checkTarget(file);
    const settings = readSome(environment(), [...STORE, ...ADDRESS]);
    const log = createLogger(settings.logLevel);
    const progress = createProgressLog(log, 'the backup is being written');
    const gateway = gatewayAt(values['gateway'], settings);
    const { source, end } =
      values['gateway'] === undefined
        ? await openSource(settings, gateway)
        : await askSource(gateway);
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

type Given = Pick<Settings, (typeof STORE)[number]>;
type Source = { source: Readable; end: () => Promise<void> };

/** The store; or the gateway that has its folder. */
async function openSource(
  settings: Given,
  gateway: RunningGateway,
): Promise<Source> {
  let database: Database;
  try {
    database = await openDatabase(settings, createLogger(settings.logLevel));
  } catch (error) {
    if (codeOf(error) !== 'FOLDER_IN_USE') throw error;
    return askSource(gateway, HAS_FOLDER);
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

async function askSource(
  gateway: RunningGateway,
  advice?: string,
): Promise<Source> {
  const { body } = await askGateway(gateway, '/backup', {}, advice);
  const source = body === null ? Readable.from([]) : Readable.fromWeb(body);
  return { source, end: () => Promise.resolve() };
}
