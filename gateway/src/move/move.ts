import { setTimeout as sleep } from 'node:timers/promises';
import { setCounter, unmarkStore } from '../backup/restore';
import { GatewayError } from '../core/errors';
import type { Database } from '../database/database';
import { startChanges, stopChanges } from './changes';
import { createCopier } from './copier';
import type { CopyParts, Counts } from './copier';
import { markMoved } from '../database/moved-folder';

export type MoveParts = CopyParts & {
  source: Database;
  /** Where the source is. */
  folder: string;
  /** Of the move; the target is marked with it. */
  id: string;
  /** The address of the target, without the password. */
  to: string;
  /** Nothing is forwarded any more; webhooks go on being stored. */
  stopForwarding: () => Promise<void>;
  /** Nothing but the move uses the source any more. */
  closeSource: () => Promise<void>;
  /** The process ends. */
  stopping?: AbortSignal;
};

const PAUSE = 1000;

/**
 * Makes the target the same as the source, which goes on meanwhile, and then
 * leaves the source: when it returns, gateways start on the target, and none on
 * the folder. When it fails, nothing has changed for those who use the source.
 */
export async function move(parts: MoveParts): Promise<Counts> {
  const { source } = parts;
  await startChanges(source);
  try {
    return await moveNoted(parts);
  } catch (error) {
    await stopChanges(source).catch(() => undefined);
    throw error;
  }
}

async function moveNoted(parts: MoveParts): Promise<Counts> {
  const { target, id, to, folder, signal } = parts;
  const { session, end } = await parts.source.snapshot();
  try {
    const copier = await createCopier(parts, session);
    await copier.copyAll();
    await copier.repair();
    await copier.catchUp();
    await parts.stopForwarding();
    await copier.catchUp();
    signal.throwIfAborted();
    await parts.closeSource();
    const counts = await copier.finish();
    await target.transaction(setCounter);
    // From here on it can only go forward, also when it is killed in between.
    markMoved(folder, { id, to, at: new Date().toISOString() });
    await finishMoved(parts);
    return counts;
  } finally {
    await end();
  }
}

/**
 * The folder is left, and the database has to be released. To go back would be
 * wrong: nobody knows whether a release that failed was one.
 */
async function finishMoved({ target, id, stopping }: MoveParts): Promise<void> {
  for (;;) {
    try {
      await target.transaction(session => unmarkStore(session, id));
      return;
    } catch (error) {
      if (stopping?.aborted) throw unfinished(error);
      await sleep(PAUSE);
    }
  }
}

const unfinished = (cause: unknown) =>
  new GatewayError(
    'MOVE_UNFINISHED',
    'The store is moved, and the database could not be told.',
    'Run the same move once more, while no gateway runs; it takes a second.',
    cause,
  );
