import { createInterface } from 'node:readline';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import type { Command } from './command';
import { GatewayError, codeOf } from '../core/errors';
import { createLogger } from '../core/logger';
import type { Logger } from '../core/logger';
import { move } from '../move/move';
import type { Counts, Progress } from '../move/copier';
import { withoutPassword } from '../database/moved-folder';
import { finishMove, openTarget, takeTarget } from '../move/target';
import type { MoveLine } from '../routes/move';
import { readSome } from '../settings/environment';
import { Unusable, databaseUrl, parseSetting } from '../settings/schemas';
import type { Database } from '../database/database';
import { migrate } from '../schema/migrations';
import { checkRestored } from '../backup/restore';
import { openPglite } from '../database/pglite';
import { createProgressLog, needOption } from './command';
import { ADDRESS, HAS_FOLDER, askGateway, gatewayAt } from './running-gateway';
import type { RunningGateway } from './running-gateway';

const NAMES = ['dataFolder', 'logLevel'] as const;

/** Moves the embedded store to a PostgreSQL server, while the gateway runs or not. */
export const moveCommand: Command = {
  summary:
    'moves the embedded store to PostgreSQL, also while the gateway runs',
  options: {
    to: { argument: ' URL', summary: 'the database, postgres://…' },
    gateway: {
      argument: ' URL',
      summary: 'the running gateway, when it is not at HOST and PORT',
    },
  },
  async run({ values, environment }) {
    const to = readTo(needOption(values, 'to', 'the database'));
    const settings = readSome(environment(), [...NAMES, ...ADDRESS]);
    const log = createLogger(settings.logLevel);
    const say = createProgressLog(log, 'the store is being moved');
    const onProgress = ({ step, rows }: Progress) => say({ step, rows });
    const gateway = gatewayAt(values['gateway'], settings);
    const folder = resolve(settings.dataFolder);
    const counts = await moveFolder(folder, to, log, onProgress, () =>
      moveThrough(gateway, to, onProgress),
    );
    log.info({ counts, to: withoutPassword(to) }, DONE);
  },
};

const DONE =
  'the store was moved: set DATABASE_URL before the next start of the gateway';

/** With the folder itself, or through the gateway that has it. */
async function moveFolder(
  folder: string,
  to: string,
  log: Logger,
  onProgress: (progress: Progress) => void,
  ask: () => Promise<Counts>,
): Promise<Counts | undefined> {
  if (!existsSync(join(folder, 'postgres'))) throw noStore(folder);
  if (await finishMove(folder, to, log)) return undefined;
  let source: Database;
  try {
    source = await openPglite(folder, { log });
  } catch (error) {
    if (codeOf(error) === 'FOLDER_IN_USE') return ask();
    throw error;
  }
  const target = await openTarget(to, log).catch(async (error: unknown) => {
    await source.close();
    throw error;
  });
  try {
    await migrate(source);
    await checkRestored(source);
    const nothing = () => Promise.resolve();
    return await move({
      ...{ source, folder, target, onProgress, to: withoutPassword(to) },
      id: await takeTarget(target, folder),
      ...{ stopForwarding: nothing, closeSource: nothing },
      signal: new AbortController().signal,
    });
  } finally {
    await target.close();
    await source.close();
  }
}

function readTo(given: string): string {
  try {
    return parseSetting(databaseUrl, given);
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    throw new GatewayError(
      'INVALID_OPTION',
      `The option --to ${error.message}`,
      'Write it as postgres://…',
    );
  }
}

async function moveThrough(
  gateway: RunningGateway,
  to: string,
  onProgress: (progress: Progress) => void,
): Promise<Counts> {
  const body = JSON.stringify({ to });
  const init = { method: 'POST', body };
  const answer = await askGateway(gateway, '/move', init, HAS_FOLDER);
  if (answer.body === null) throw brokenOff();
  try {
    for await (const line of createInterface(Readable.fromWeb(answer.body))) {
      const said = JSON.parse(line) as MoveLine;
      if ('step' in said) onProgress(said);
      else if ('counts' in said) return said.counts;
      else
        throw new GatewayError(
          said.error.code,
          said.error.message,
          said.error.fix,
        );
    }
  } catch (error) {
    if (error instanceof GatewayError) throw error;
    throw brokenOff(error);
  }
  throw brokenOff();
}

const noStore = (folder: string) =>
  new GatewayError(
    'NO_STORE',
    `There is no store in ${folder}.`,
    'Set GATEWAY_DATA to the folder of the gateway, and run this as its user.',
  );

const brokenOff = (cause?: unknown) =>
  new GatewayError(
    'MOVE_INTERRUPTED',
    'The gateway ended before the move.',
    'Start it again. When it says FOLDER_MOVED, the move is done; else move again.',
    cause,
  );
