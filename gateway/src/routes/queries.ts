import { Hono } from 'hono';
import type { Context } from 'hono';
import { listConversations } from '../store/conversations';
import { respondError } from '../http/error-response';
import type { Session } from '../database/database';
import { listMessages } from '../store/messages';
import { readMessageState } from '../store/statuses';
import {
  readAfter,
  readAfterId,
  readContact,
  readDirection,
  readLimit,
  readTime,
} from './parameters';

/** What can be asked about messages; the key was checked before. */
export function createQueryRoutes(database: Session): Hono {
  return new Hono()
    .get('/messages', context => answerList(context, database, 'messages'))
    .get('/notices', context => answerList(context, database, 'notices'))
    .get('/messages/:id/status', async context => {
      const state = await readMessageState(database, context.req.param('id'));
      if (state !== undefined) return context.json(state);
      return respondError(context, 404, 'UNKNOWN_MESSAGE', ...UNKNOWN_MESSAGE);
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

async function answerList(
  context: Context,
  database: Session,
  kind: 'messages' | 'notices',
): Promise<Response> {
  const { contact, direction, phoneNumberId, since, limit, after } =
    context.req.query();
  const query = {
    kind,
    direction: readDirection(direction),
    // Empty is not given, as with every parameter.
    phoneNumberId: phoneNumberId || undefined,
    contact: readContact(contact),
    since: readTime('since', since),
    limit: readLimit(limit),
    after: readAfterId(after),
  };
  return context.json(await listMessages(database, query));
}

const UNKNOWN_MESSAGE = [
  'No status of a message with this ID has come.',
  'Statuses take a moment to come, and are kept for RETENTION_DAYS. Check the ID, written with its special characters encoded.',
] as const;
