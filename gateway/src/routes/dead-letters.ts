import { Hono } from 'hono';
import { listDeadLetters, retryDeadLetter } from '../forward/dead-letters';
import { respondError } from '../http/error-response';
import { isId } from '../core/ids';
import type { Database } from '../database/database';
import { readAfterId, readLimit } from './parameters';

export type DeadParts = {
  database: Database;
  wake: () => void;
};

/** What was given up, and how to try it again; the key was checked before. */
export function createDeadLetterRoutes({ database, wake }: DeadParts): Hono {
  return new Hono()
    .get('/events/dead', async context => {
      const { limit, after } = context.req.query();
      const query = {
        limit: readLimit(limit),
        after: readAfterId(after),
      };
      return context.json(await listDeadLetters(database.reader, query));
    })
    .post('/events/:id/retry', async context => {
      const id = context.req.param('id').toLowerCase();
      const result = isId(id) ? await retryDeadLetter(database, id) : 'unknown';
      if (result === 'unknown') {
        return respondError(context, 404, 'UNKNOWN_EVENT', ...UNKNOWN_EVENT);
      }
      if (result === 'not dead') {
        return respondError(context, 409, 'NOT_DEAD', ...NOT_DEAD);
      }
      wake();
      return context.json({ id, state: result }, 202);
    });
}

const UNKNOWN_EVENT = [
  'There is no forward with this ID.',
  'Take an ID from GET /events/dead.',
] as const;

const NOT_DEAD = [
  'This forward is not dead: it was delivered, or waits for its next attempt.',
  'There is nothing to do.',
] as const;
