import type {
  AccountEvent,
  InboundMessage,
  MessageStatus,
  Notice,
  ReceivedMessage,
  SentMessage,
} from '../../../src/types';
import { checkReady } from './backfill';
import { pageOf } from './cursor';
import type { Page, Place } from './cursor';
import type { Session } from '../database/database';
import { SENT } from '../schema/late-indexes';
import { furthestOf } from './statuses';

export type MessageQuery = {
  /** The messages, or what WhatsApp tells about people and messages. Default: `messages`. */
  kind?: 'messages' | 'notices' | undefined;
  /** Only messages from people, or only messages to people. */
  direction?: 'inbound' | 'outbound' | undefined;
  /** The ID of our number. */
  phoneNumberId?: string | undefined;
  /** A number in digits, or a user ID. */
  contact?: string | undefined;
  since?: Date | undefined;
  after?: Place | undefined;
  limit: number;
};

/** A message or a notice, and when the gateway got it. */
export type KeptMessage =
  ReceivedMessage | SentMessage | (Notice & { receivedAt: string });

type Row = {
  id: string;
  kind: string;
  item: string;
  time: string;
  received: Date;
  statuses: string[] | null;
  echoes: string[] | null;
};

// Several statuses tell about one message: its first event stands for it, so
// that it keeps its place when another status comes.
const FIRST_SENT = `(${SENT} AND NOT EXISTS (
  SELECT FROM whatsapp_gateway.events AS earlier
  WHERE ${SENT} AND earlier.message_id = events.message_id
    AND (earlier.happened_at, earlier.id) < (events.happened_at, events.id)))`;

const LISTS = {
  allNotices: 'true',
  notices: `kind = 'notices'`,
  inbound: `kind = 'messages'`,
  outbound: FIRST_SENT,
  messages: `(kind = 'messages' OR ${FIRST_SENT})`,
};

type List = keyof typeof LISTS;

/** Whom a question is about, which decides what index finds the answer. */
type Scope = 'everybody' | 'person' | 'number';

// What is sent to a group is not sent to the member who read it first.
const asked = (list: List) => `
  ${LISTS[list]}
    AND ($2::timestamptz IS NULL OR happened_at >= $2)
    AND ($5::text IS NULL OR phone_number_id = $5)
    AND ($1::text IS NULL OR (
      (kind NOT IN ('statuses', 'account') OR group_id IS NULL)
      AND (contact = $1 OR user_id = $1
        OR (contact = ANY($3::text[]) AND user_id IS NULL)
        OR (user_id = ANY($4::text[]) AND contact IS NULL))))`;

// Microseconds and all, because a cursor has to find its place again.
const TIME = `to_char(happened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

const told = (kind: string) => `
  array_agg(item ORDER BY happened_at, id) FILTER (WHERE kind = '${kind}')`;

// Everybody's notices are few among all events, so they have a list of their own.
const sourceOf = (list: List) =>
  list === 'allNotices'
    ? `(SELECT happened_at, event_id AS id FROM whatsapp_gateway.notices) AS place
       JOIN whatsapp_gateway.events USING (happened_at, id)`
    : 'whatsapp_gateway.events';

const find = (list: List) => `
  SELECT id, kind, item, message_id, happened_at, received_at
  FROM ${sourceOf(list)}
  WHERE ${asked(list)}
    AND ($6::timestamptz IS NULL OR (happened_at, id) < ($6, $7::uuid))
  ORDER BY happened_at DESC, id DESC
  LIMIT $8`;

// Either direction has its own indexes by time; those of a person are few.
const findAll = (list: List, scope: Scope) =>
  list === 'messages' && scope !== 'person'
    ? `(${find('inbound')}) UNION ALL (${find('outbound')})`
    : find(list);

const select = (list: List, scope: Scope) => `
  SELECT page.id, page.kind, page.item, page.received, page.time,
    told.statuses, told.echoes
  FROM (
    SELECT id, kind, item, message_id, happened_at, received_at AS received,
      ${TIME} AS time
    FROM (${findAll(list, scope)}) AS found
    ORDER BY happened_at DESC, id DESC
    LIMIT $8
  ) AS page LEFT JOIN LATERAL (
    SELECT ${told('statuses')} AS statuses, ${told('account')} AS echoes
    FROM whatsapp_gateway.events
    WHERE message_id = page.message_id AND ${SENT}
  ) AS told ON page.kind IN ('statuses', 'account')
  ORDER BY page.happened_at DESC, page.id DESC`;

const count = (list: List) => `
  SELECT count(*)::int AS total FROM whatsapp_gateway.events
  WHERE ${asked(list)}`;

type Names = { contacts: (string | null)[]; user_ids: (string | null)[] };

const NAMES = `
  SELECT coalesce(array_agg(DISTINCT contact), '{}') AS contacts,
    coalesce(array_agg(DISTINCT user_id), '{}') AS user_ids
  FROM whatsapp_gateway.events
  WHERE group_id IS NULL AND (contact = $1 OR user_id = $1)`;

/**
 * What people wrote and what was sent to them, the newest first. A person has a
 * number or a user ID, and not each message tells both: what tells one only is
 * found by the other, too. What is listed of one person is also counted;
 * counting everybody's would read the whole table.
 */
export async function listMessages(
  database: Session,
  query: MessageQuery,
): Promise<Page<KeptMessage>> {
  const { kind = 'messages', direction, contact, after, limit } = query;
  const scope = scopeOf(query);
  const isOfAll = kind === 'notices' && scope === 'everybody';
  if (isOfAll) await checkReady(database);
  const list = isOfAll
    ? 'allNotices'
    : kind === 'notices'
      ? kind
      : (direction ?? kind);
  const [names] =
    contact === undefined ? [] : await database.query<Names>(NAMES, [contact]);
  const question = [
    contact ?? null,
    query.since ?? null,
    names?.contacts ?? [],
    names?.user_ids ?? [],
    query.phoneNumberId ?? null,
  ];
  const place = [after?.time ?? null, after?.key ?? null, limit + 1];
  const rows = await database.query<Row>(select(list, scope), [
    ...question,
    ...place,
  ]);
  const page = pageOf(
    rows,
    limit,
    ({ time, id }) => ({ time, key: id }),
    messageOf,
  );
  if (contact === undefined) return page;
  const [counted] = await database.query<{ total: number }>(
    count(list),
    question,
  );
  return { ...page, ...counted };
}

function scopeOf({ contact, phoneNumberId }: MessageQuery): Scope {
  if (contact !== undefined) return 'person';
  return phoneNumberId === undefined ? 'everybody' : 'number';
}

function messageOf(row: Row): KeptMessage {
  const receivedAt = row.received.toISOString();
  if (row.kind === 'notices') {
    return { ...(JSON.parse(row.item) as Notice), receivedAt };
  }
  if (row.kind === 'messages') {
    const message = JSON.parse(row.item) as InboundMessage;
    return { ...message, direction: 'inbound', receivedAt };
  }
  return sentMessage(row, receivedAt);
}

/** What its echo tells, when there is one, and its furthest status. */
function sentMessage(
  { item, statuses, echoes }: Row,
  receivedAt: string,
): SentMessage {
  const first = JSON.parse(item) as MessageStatus | AccountEvent;
  const echo = JSON.parse(echoes?.[0] ?? '{}') as Partial<AccountEvent>;
  const history = (statuses ?? []).map(
    status => JSON.parse(status) as MessageStatus,
  );
  const { raw: _, ...furthest } = { ...furthestOf(history), raw: {} };
  const error = furthest.errors?.[0];
  return {
    ...echo,
    ...furthest,
    id: first['id'] as string,
    ...(first.timestamp !== undefined && { timestamp: first.timestamp }),
    ...(furthest.timestamp !== undefined && { statusAt: furthest.timestamp }),
    ...(error && { error }),
    direction: 'outbound',
    receivedAt,
  };
}
