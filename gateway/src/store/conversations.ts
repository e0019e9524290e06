import { pageOf } from './cursor';
import type { Page, Place } from './cursor';
import { checkReady } from './backfill';
import type { Session } from '../database/database';

export type ConversationQuery = {
  since?: Date | undefined;
  until?: Date | undefined;
  after?: Place | undefined;
  limit: number;
};

/** What was said between a person, or a group, and one of our numbers: each has a window of its own. */
export type Conversation = {
  /** The ID of our number. */
  phoneNumberId?: string;
  /** The person's number in digits. */
  contact?: string;
  userId?: string;
  groupId?: string;
  name?: string;
  /** Messages from the person in the time asked for. */
  inbound: number;
  /** Messages to the person of which the first status came in that time. */
  outbound: number;
  /** The last message or call either way in that time. */
  lastAt: string;
  /** The last message or call from the person, whenever it was. */
  lastInboundAt?: string;
  /** Whether free-form messages arrive now. */
  windowOpen: boolean;
  windowExpiresAt?: string;
};

type Row = {
  person: string;
  /** Empty when Meta did not tell it. */
  phone_number_id: string;
  contact: string | null;
  user_id: string | null;
  group_id: string | null;
  name: string | null;
  inbound: number;
  outbound: number;
  last_at: string;
  last_inbound_at: Date | null;
  window_ends_at: Date | null;
  window_open: boolean;
};

const IN_TIME = `
  ($1::timestamptz IS NULL OR happened_at >= $1)
    AND ($2::timestamptz IS NULL OR happened_at < $2)`;

const ORDER = 'last_at DESC, person DESC, phone_number_id DESC';

/** The latest conversations, by the index of when each was last heard of. */
const LATEST = `
  SELECT * FROM whatsapp_gateway.conversations
  WHERE $2::timestamptz IS NULL
    AND ($1::timestamptz IS NULL OR last_at >= $1)
    AND ($3::timestamptz IS NULL OR (last_at, person, phone_number_id) < ($3, $4, $5))
  ORDER BY ${ORDER} LIMIT $6`;

/** Those of an earlier time: the last message in it stands for its conversation. */
const LATEST_UNTIL = `
  SELECT person, phone_number_id, happened_at AS last_at
  FROM whatsapp_gateway.messages
  WHERE ${IN_TIME}
    AND ($3::timestamptz IS NULL OR (happened_at, person, phone_number_id) < ($3, $4, $5))
    AND NOT EXISTS (
      SELECT FROM whatsapp_gateway.messages AS later
      WHERE later.person = messages.person
        AND later.phone_number_id = messages.phone_number_id
        AND later.happened_at >= messages.happened_at AND later.happened_at < $2
        AND (later.happened_at, later.id) > (messages.happened_at, messages.id))
  ORDER BY ${ORDER} LIMIT $6`;

const COUNTS = `
  SELECT (count(*) FILTER (WHERE direction = 'in' AND NOT is_call))::int AS inbound,
    (count(*) FILTER (WHERE direction = 'out' AND NOT is_call))::int AS outbound
  FROM whatsapp_gateway.messages
  WHERE person = page.person AND phone_number_id = page.phone_number_id AND ${IN_TIME}`;

const select = (page: string, source: string, counts: string) => `
  WITH page AS MATERIALIZED (${page})
  SELECT page.person, page.phone_number_id, contact, user_id, group_id, name,
    counted.inbound, counted.outbound,
    to_char(page.last_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS last_at,
    last_inbound_at, window_ends_at,
    coalesce(window_ends_at > now(), false) AS window_open
  FROM ${source} CROSS JOIN LATERAL (${counts}) AS counted
  ORDER BY page.last_at DESC, page.person DESC, page.phone_number_id DESC`;

const ALL_COUNTS = 'SELECT page.inbound, page.outbound';

const JOINED = `page
  JOIN whatsapp_gateway.conversations AS conversation USING (person, phone_number_id)`;

const TOTAL = `
  SELECT count(*)::int AS total FROM whatsapp_gateway.conversations
  WHERE $1::timestamptz IS NULL OR last_at >= $1`;

/** More are not looked at, so that a count never takes long. */
const MOST_COUNTED = 20_000;

const TOTAL_UNTIL = `
  WITH message AS MATERIALIZED (
    SELECT person, phone_number_id FROM whatsapp_gateway.messages
    WHERE ${IN_TIME} LIMIT ${MOST_COUNTED} + 1
  )
  SELECT CASE WHEN (SELECT count(*) FROM message) <= ${MOST_COUNTED} THEN (
    SELECT count(*)::int
    FROM (SELECT DISTINCT person, phone_number_id FROM message) AS conversation
  ) END AS total`;

const LATER = `
  SELECT EXISTS (SELECT FROM whatsapp_gateway.conversations WHERE last_at >= $1) AS later`;

/** The conversations that went on in a time, the latest first, and how many there are on all pages. */
export async function listConversations(
  database: Session,
  { since, until, after, limit }: ConversationQuery,
): Promise<Page<Conversation>> {
  await checkReady(database);
  const [state] = await database.query<{ later: boolean }>(LATER, [
    until ?? null,
  ]);
  // Nothing happened later, so the end makes no difference.
  const end = state?.later ? (until ?? null) : null;
  const time = end === null ? [since ?? null] : [since ?? null, end];
  const [counted] = await database.query<{ total: number | null }>(
    end === null ? TOTAL : TOTAL_UNTIL,
    time,
  );
  const [page, source] =
    end === null ? [LATEST, 'page'] : [LATEST_UNTIL, JOINED];
  const isAll = end === null && since === undefined;
  const rows = await database.query<Row>(
    select(page, source, isAll ? ALL_COUNTS : COUNTS),
    [since ?? null, end, after?.time ?? null, ...readKey(after), limit + 1],
  );
  const total = counted?.total ?? undefined;
  return {
    ...pageOf(rows, limit, placeOf, conversationOf),
    ...(total !== undefined && { total }),
  };
}

const placeOf = ({ last_at, phone_number_id, person }: Row): Place => ({
  time: last_at,
  key: `${phone_number_id} ${person}`,
});

/** The person and the ID of our number. */
function readKey(after: Place | undefined): (string | null)[] {
  if (after === undefined) return [null, null];
  const space = after.key.indexOf(' ');
  return [after.key.slice(space + 1), after.key.slice(0, Math.max(space, 0))];
}

function conversationOf(row: Row): Conversation {
  return {
    ...(row.phone_number_id !== '' && { phoneNumberId: row.phone_number_id }),
    ...(row.contact !== null && { contact: row.contact }),
    ...(row.user_id !== null && { userId: row.user_id }),
    ...(row.group_id !== null && { groupId: row.group_id }),
    ...(row.name !== null && { name: row.name }),
    inbound: row.inbound,
    outbound: row.outbound,
    lastAt: new Date(row.last_at).toISOString(),
    ...(row.last_inbound_at && {
      lastInboundAt: row.last_inbound_at.toISOString(),
    }),
    windowOpen: row.window_open,
    ...(row.window_ends_at && {
      windowExpiresAt: row.window_ends_at.toISOString(),
    }),
  };
}
