import { Hono } from 'hono';
import { pageOf } from '../account/paging';
import type { Env } from '../core/env';
import { requireId } from '../checks/request';
import { withToken } from './middleware';
import type { MessageEntry } from '../core/transcript';
import type { State } from '../state';

const STATUSES = ['SENT', 'DELIVERED'];

/** What became of a message: here, it is always delivered. */
const historyOf = ({ id, timestamp }: MessageEntry, index: number) => ({
  id: String(index),
  message_id: id,
  events: {
    data: STATUSES.map((status, step) => ({
      id: String(step),
      delivery_status: status,
      timestamp: Math.floor(Date.parse(timestamp) / 1000) + step,
    })),
  },
});

export const messagesOf = (state: State, phoneNumberId?: string) =>
  state.transcript.filter(
    (entry): entry is MessageEntry =>
      entry.kind === 'message' &&
      (phoneNumberId === undefined || entry.phoneNumberId === phoneNumberId),
  );

/** `GET /{phone-number-id}/message_history`. */
export const history = (state: State) =>
  new Hono<Env>().get('/:id/message_history', withToken, c => {
    const wanted = c.req.query('message_id');
    const found = messagesOf(state, requireId(c)).filter(
      ({ id }) => wanted === undefined || id === wanted,
    );
    return c.json(pageOf(c, found.map(historyOf)));
  });
