import { Hono } from 'hono';
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { createReplay, listReplays, readReplay } from '../replay/replay-jobs';
import { authorize } from '../http/authorize';
import type { Keys } from '../http/authorize';
import { respondError } from '../http/error-response';
import { isId } from '../core/ids';
import type { Destination } from '../settings/destination';
import type { Database } from '../database/database';
import { checkRoutes, readReplayOptions } from './replay-options';

export type ReplayParts = {
  database: Database;
  keys: Keys;
  destinations: readonly Destination[];
  /** A replay is to be done. */
  wakeReplays: () => void;
};

/** Sends again what was stored in a time, in the background. */
export function createReplayRoutes(parts: ReplayParts): Hono {
  const { database, keys, destinations, wakeReplays } = parts;
  return new Hono()
    .use(
      '/replays/*',
      authorize(keys, 'operate'),
      bodyLimit({ maxSize: 10_000 }),
    )
    .post('/replays', async context => {
      const body: unknown = await context.req.json().catch(() => undefined);
      const options = readReplayOptions(body);
      checkRoutes(options, destinations);
      const replay = await createReplay(database, options);
      wakeReplays();
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
  return respondError(
    context,
    404,
    'UNKNOWN_REPLAY',
    'There is no replay with this ID.',
    'Take an ID from the answer of POST /replays, or from GET /replays.',
  );
}
