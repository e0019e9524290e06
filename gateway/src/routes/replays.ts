import { Hono } from 'hono';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { ReplayOptions } from '../forward/replay';
import { createReplay, listReplays, readReplay } from '../forward/replay-jobs';
import { authorize } from '../http/authorize';
import type { Keys } from '../http/authorize';
import { failure } from '../http/failure';
import { isId } from '../ids';
import type { Destination } from '../settings/destination';
import type { Database } from '../store/database';
import { BadParameter } from './parameters';
import { checkRoutes, readReplayOptions } from './replay-options';

export type ReplayParts = {
  database: Database;
  keys: Keys;
  destinations: readonly Destination[];
  /** A replay is to be done. */
  ringReplays: () => void;
};

/** Sends again what was stored in a time, in the background. */
export function replayRoutes(parts: ReplayParts): Hono {
  const { database, keys, destinations, ringReplays } = parts;
  return new Hono()
    .use(
      '/replays/*',
      authorize(keys, 'operate'),
      bodyLimit({ maxSize: 10_000 }),
    )
    .post('/replays', async context => {
      const options = readBody(await context.req.json().catch(() => undefined));
      checkRoutes(options, destinations);
      const replay = await createReplay(database, options);
      ringReplays();
      return context.json(replay, 202);
    })
    .get('/replays', async context =>
      context.json({ data: await listReplays(database.reader) }),
    )
    .get('/replays/:id', async context => {
      const id = context.req.param('id').toLowerCase();
      const replay = isId(id)
        ? await readReplay(database.reader, id)
        : undefined;
      return replay === undefined ? unknown(context) : context.json(replay);
    });
}

function unknown(context: Context): Response {
  return failure(
    context,
    404,
    'UNKNOWN_REPLAY',
    'There is no replay with this ID.',
    'Take an ID from the answer of POST /replays, or from GET /replays.',
  );
}

function readBody(given: unknown): ReplayOptions {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new BadParameter('body', 'Send a JSON object with from and to.');
  }
  return readReplayOptions(given as Record<string, unknown>);
}
