import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { countReplay, replay } from '../forward/replay';
import type { Span } from '../forward/replay';
import { authorize } from '../http/authorize';
import type { Keys } from '../http/authorize';
import type { Database } from '../store/database';
import { BadParameter, readTime } from './parameters';

type Parts = { database: Database; keys: Keys; wake: () => void };

/** Sends again what was stored in a time. */
export function replayRoutes({ database, keys, wake }: Parts): Hono {
  return new Hono()
    .use('/replays', authorize(keys, 'operate'), bodyLimit({ maxSize: 10_000 }))
    .post('/replays', async context => {
      const body: unknown = await context.req.json().catch(() => undefined);
      const { dryRun, ...span } = readReplay(body);
      if (dryRun) {
        return context.json({ dryRun, ...(await countReplay(database, span)) });
      }
      const replayed = await replay(database, span);
      wake();
      return context.json({ dryRun, ...replayed }, 202);
    });
}

const NAMES = ['from', 'to', 'kind', 'dryRun'];

function readReplay(given: unknown): Span & { dryRun: boolean } {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new BadParameter('body', 'Send a JSON object with from and to.');
  }
  // A misspelled dryRun would send everything.
  const unknown = Object.keys(given).find(name => !NAMES.includes(name));
  if (unknown !== undefined) {
    throw new BadParameter('body', `Write only ${NAMES.join(', ')}.`);
  }
  const { dryRun = false, kind, ...times } = given as Record<string, unknown>;
  if (typeof dryRun !== 'boolean') {
    throw new BadParameter('dryRun', 'Write true or false.');
  }
  return { ...readSpan({ ...times, kind }), dryRun };
}

/** A span as it is written in a request, or in options. */
export function readSpan(given: Record<string, unknown>): Span {
  const { kind } = given;
  if (kind !== undefined && (typeof kind !== 'string' || /^$|\0/.test(kind))) {
    throw new BadParameter('kind', 'Write one kind, such as messages.');
  }
  const [from, to] = [timeOf('from', given), timeOf('to', given)];
  if (from >= to) throw new BadParameter('to', 'Write a time after from.');
  return { from, to, kind };
}

function timeOf(name: string, given: Record<string, unknown>): Date {
  const value = given[name];
  const time = typeof value === 'string' ? readTime(name, value) : undefined;
  if (time !== undefined) return time;
  throw new BadParameter(
    name,
    'Write an ISO time, such as 2026-11-20T08:00:00Z.',
  );
}
