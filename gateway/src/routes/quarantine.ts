import { Hono } from 'hono';
import type { Context } from 'hono';
import { authorize } from '../http/authorize';
import type { Keys } from '../http/authorize';
import { respondError } from '../http/error-response';
import { isId } from '../core/ids';
import type { Database } from '../database/database';
import {
  deleteQuarantined,
  listQuarantine,
  readQuarantined,
} from '../store/quarantine';
import { readAfterId, readLimit } from './parameters';

type Parts = { database: Database; keys: Keys };

/** Signed bodies that could not be read, for operators. */
export function createQuarantineRoutes({ database, keys }: Parts): Hono {
  return new Hono()
    .use('/quarantine/*', authorize(keys, 'operate'))
    .get('/quarantine', async context => {
      const { limit, after } = context.req.query();
      const query = { limit: readLimit(limit), after: readAfterId(after) };
      return context.json(await listQuarantine(database.reader, query));
    })
    .get('/quarantine/:id', async context => {
      const id = context.req.param('id').toLowerCase();
      const body = isId(id)
        ? await readQuarantined(database.reader, id)
        : undefined;
      if (body === undefined) return unknown(context);
      const headers = { 'content-type': 'application/octet-stream' };
      return context.body(new Uint8Array(body), 200, headers);
    })
    .delete('/quarantine/:id', async context => {
      const id = context.req.param('id').toLowerCase();
      const isDeleted = isId(id) && (await deleteQuarantined(database, id));
      return isDeleted ? context.body(null, 204) : unknown(context);
    });
}

function unknown(context: Context): Response {
  return respondError(
    context,
    404,
    'UNKNOWN_BODY',
    'There is no body with this ID in the quarantine.',
    'Take an ID from GET /quarantine; what is older than RETENTION_DAYS is deleted.',
  );
}
