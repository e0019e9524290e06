import { Hono } from 'hono';
import { listConversations } from '../store/conversations';
import { failure } from '../http/failure';
import type { Database } from '../store/database';
import { listMessages } from '../store/messages';
import { readMessageState } from '../store/statuses';
import {
  readAfter,
  readAfterId,
  readContact,
  readLimit,
  readTime,
} from './parameters';

/** What can be asked about messages; the key was checked before. */
export function readingRoutes(database: Database): Hono {
  return new Hono()
    .get('/messages', async context => {
      const { contact, since, limit, after } = context.req.query();
      const query = {
        contact: readContact(contact),
        since: readTime('since', since),
        limit: readLimit(limit),
        after: readAfterId(after),
      };
      return context.json(await listMessages(database, query));
    })
    .get('/messages/:id/status', async context => {
      const state = await readMessageState(database, context.req.param('id'));
      if (state !== undefined) return context.json(state);
      return failure(context, 404, 'UNKNOWN_MESSAGE', ...UNKNOWN_MESSAGE);
    })
    .get('/conversations', async context => {
      const { since, until, limit, after } = context.req.query();
      const query = {
        since: readTime('since', since),
        until: readTime('until', until),
        limit: readLimit(limit),
        after: readAfter(after),
      };
      return context.json(await listConversations(database, query));
    });
}

const UNKNOWN_MESSAGE = [
  'No status of a message with this ID has come.',
  'Statuses take a moment to come, and are kept for RETENTION_DAYS. Check the ID, written with its special characters encoded.',
] as const;
