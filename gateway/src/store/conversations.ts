import { pageOf } from './cursor';
import type { Page, Place } from './cursor';
import type { Database } from './database';

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
  total: number;
  key: string;
  phone_number_id: string | null;
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

const latest = (column: string) =>
  `(array_agg(${column} ORDER BY happened_at DESC, id DESC)
     FILTER (WHERE ${column} IS NOT NULL))[1] AS ${column}`;

// A person may have written with a number only, before Meta told the user ID.
// A message is told of by several statuses, a call by its begin and its end:
// the first says when it was, the later ones when it was read.
const SELECT = `
  WITH known AS (
    SELECT DISTINCT ON (contact) contact, user_id AS known_id
    FROM whatsapp_gateway.events
    WHERE contact IS NOT NULL AND user_id IS NOT NULL
    ORDER BY contact, happened_at DESC
  ), told AS (
    SELECT DISTINCT ON (coalesce(message_id, key), direction)
      id, kind, direction, contact, user_id, group_id, name, phone_number_id,
      happened_at, window_ends_at
    FROM whatsapp_gateway.events
    WHERE direction IS NOT NULL
    ORDER BY coalesce(message_id, key), direction, happened_at
  ), spoken AS (
    SELECT told.*,
      coalesce(group_id, user_id, known_id, contact) AS person,
      (($1::timestamptz IS NULL OR happened_at >= $1)
        AND ($2::timestamptz IS NULL OR happened_at < $2)) AS asked
    FROM told LEFT JOIN known USING (contact)
  ), conversations AS (
    SELECT concat_ws(' ', person, phone_number_id) AS key, phone_number_id,
      ${['contact', 'user_id', 'group_id', 'name'].map(latest).join(', ')},
      (count(*)
        FILTER (WHERE asked AND direction = 'in' AND kind <> 'calls'))::int AS inbound,
      (count(*)
        FILTER (WHERE asked AND direction = 'out' AND kind <> 'calls'))::int AS outbound,
      max(happened_at) FILTER (WHERE asked) AS last_at,
      max(happened_at) FILTER (WHERE direction = 'in') AS last_inbound_at,
      max(window_ends_at) AS window_ends_at
    FROM spoken WHERE person IS NOT NULL GROUP BY person, phone_number_id
  ), page AS (
    SELECT * FROM conversations
    WHERE last_at IS NOT NULL
      AND ($3::timestamptz IS NULL OR (last_at, key) < ($3, $4))
    ORDER BY last_at DESC, key DESC
    LIMIT $5
  )
  SELECT counted.total, key, phone_number_id, contact, user_id, group_id, name, inbound, outbound,
    to_char(last_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS last_at,
    last_inbound_at, window_ends_at,
    coalesce(window_ends_at > now(), false) AS window_open
  FROM (
    SELECT count(*)::int AS total FROM conversations WHERE last_at IS NOT NULL
  ) AS counted LEFT JOIN page ON true
  ORDER BY page.last_at DESC, key DESC`;

/** The conversations that went on in a time, the latest first, and how many there are on all pages. */
export async function listConversations(
  database: Database,
  { since, until, after, limit }: ConversationQuery,
): Promise<Page<Conversation>> {
  const rows = await database.query<Row>(SELECT, [
    since ?? null,
    until ?? null,
    after?.time ?? null,
    after?.key ?? null,
    limit + 1,
  ]);
  const placeOf = ({ last_at, key }: Row) => ({ time: last_at, key });
  // A page without conversations is one row that only counts.
  const found = rows.filter(({ key }) => key !== null);
  const page = pageOf(found, limit, placeOf, conversationOf);
  return { ...page, total: rows[0]?.total ?? 0 };
}

function conversationOf(row: Row): Conversation {
  return {
    ...(row.phone_number_id !== null && { phoneNumberId: row.phone_number_id }),
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
