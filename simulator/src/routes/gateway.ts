import { Hono } from 'hono';
import type { Context } from 'hono';
import { pageOf } from '../account/paging';
import { digitsOf } from '../checks/recipient';
import type { Env } from '../core/env';
import type { MessageEntry } from '../core/transcript';
import type { State } from '../state';
import { messagesOf } from './history';

// The simulator also answers what a gateway is asked, below /gateway, so that a
// job that asks one can be tried. It knows what was sent; nobody writes back.

const after = (time: string, seconds: number) =>
  new Date(Date.parse(time) + seconds * 1000).toISOString();

const reportOf = (entry: MessageEntry) => {
  const { id, to, phoneNumberId, timestamp, message } = entry;
  const { biz_opaque_callback_data: callbackData } = message;
  const facts = {
    id,
    ...(to !== undefined && { to: digitsOf(to) }),
    phoneNumberId,
    ...(callbackData !== undefined && { callbackData }),
  };
  const history = ['sent', 'delivered'].map((status, index) => ({
    ...facts,
    status,
    timestamp: after(timestamp, index),
  }));
  return { ...history[1], history };
};

/** What was sent, the newest first; what was in it, the statuses do not tell. */
function sentOf(
  state: State,
  { contact, direction, phoneNumberId, since }: Record<string, string>,
) {
  if (direction === 'inbound') return [];
  return messagesOf(state, phoneNumberId)
    .filter(({ to, timestamp }) => {
      const isAsked = !contact || digitsOf(to ?? '') === digitsOf(contact);
      return isAsked && timestamp >= (since ?? '');
    })
    .map(message => {
      const { history, timestamp: statusAt, ...state } = reportOf(message);
      const timestamp = history[0]?.timestamp;
      const at = { timestamp, statusAt, receivedAt: timestamp };
      return { ...state, ...at, direction: 'outbound' };
    })
    .reverse();
}

/** One for each person and number of ours who spoke in a time, the latest first. */
function conversationsOf(
  state: State,
  { since = '', until }: Record<string, string>,
) {
  const conversations = new Map<string, Conversation>();
  for (const { phoneNumberId, to, timestamp } of messagesOf(state)) {
    const isAsked = timestamp >= since && (!until || timestamp < until);
    if (to === undefined || !isAsked) continue;
    const contact = digitsOf(to);
    const name = `${phoneNumberId} ${contact}`;
    const outbound = (conversations.get(name)?.outbound ?? 0) + 1;
    conversations.set(name, {
      phoneNumberId,
      contact,
      inbound: 0,
      outbound,
      lastAt: timestamp,
      windowOpen: false,
    });
  }
  return [...conversations.values()].sort((a, b) =>
    b.lastAt.localeCompare(a.lastAt),
  );
}

/** A page as the gateway gives it: its cursor stands by itself, and only when there is more. */
function answerPage(c: Context<Env>, items: unknown[]) {
  const { data, paging } = pageOf(c, items);
  const hasNext = paging !== undefined && 'next' in paging;
  return c.json({
    data,
    total: items.length,
    paging: hasNext ? { after: paging.cursors.after } : {},
  });
}

type Conversation = {
  phoneNumberId: string;
  contact: string;
  inbound: number;
  outbound: number;
  lastAt: string;
  windowOpen: boolean;
};

const failure = (c: Context<Env>, status: 401 | 404, code: string) =>
  c.json(
    { error: { code, message: 'The simulator says no.', fix: '-' } },
    status,
  );

export const gateway = (state: State) =>
  new Hono<Env>()
    .use('/gateway/*', async (c: Context<Env>, next) => {
      const key = c.req.header('authorization') ?? '';
      if (!/^Bearer +\S/i.test(key)) return failure(c, 401, 'WRONG_KEY');
      await next();
    })
    .get('/gateway/messages', c => answerPage(c, sentOf(state, c.req.query())))
    .get('/gateway/messages/:id/status', (c: Context<Env>) => {
      const id = c.req.param('id');
      const found = messagesOf(state).find(each => each.id === id);
      return found
        ? c.json(reportOf(found))
        : failure(c, 404, 'UNKNOWN_MESSAGE');
    })
    .get('/gateway/conversations', c =>
      answerPage(c, conversationsOf(state, c.req.query())),
    );
