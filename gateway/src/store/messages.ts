import type { InboundMessage, Notice } from '../../../src/types';
import { pageOf } from './cursor';
import type { Page, Place } from './cursor';
import type { Database } from './database';

export type MessageQuery = {
  /** What people wrote, or what WhatsApp told of them. Default: `messages`. */
  kind?: 'messages' | 'notices' | undefined;
  /** A number in digits, or a user ID. */
  contact?: string | undefined;
  since?: Date | undefined;
  after?: Place | undefined;
  limit: number;
};

/** A message as `parse` gives it, and when the gateway got it. */
export type KeptMessage = (InboundMessage | Notice) & { receivedAt: string };

type Row = { id: string; item: string; time: string; received: Date };

// Microseconds and all, because a cursor has to find its place again.
const TIME = `to_char(happened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

const SELECT = `
  SELECT id, item, ${TIME} AS time, received_at AS received
  FROM whatsapp_gateway.events
  WHERE kind = $8
    AND ($1::text IS NULL OR contact = $1 OR user_id = $1
      OR (contact = ANY($6::text[]) AND user_id IS NULL)
      OR (user_id = ANY($7::text[]) AND contact IS NULL))
    AND ($2::timestamptz IS NULL OR happened_at >= $2)
    AND ($3::timestamptz IS NULL OR (happened_at, id) < ($3, $4::uuid))
  ORDER BY happened_at DESC, id DESC
  LIMIT $5`;

type Names = { contacts: (string | null)[]; user_ids: (string | null)[] };

const NAMES = `
  SELECT coalesce(array_agg(DISTINCT contact), '{}') AS contacts,
    coalesce(array_agg(DISTINCT user_id), '{}') AS user_ids
  FROM whatsapp_gateway.events
  WHERE group_id IS NULL AND (contact = $1 OR user_id = $1)`;

/**
 * What people wrote, the newest first. A person has a number or a user ID, and
 * not each message tells both: what tells one only is found by the other, too.
 */
export async function listMessages(
  database: Database,
  { kind = 'messages', contact, since, after, limit }: MessageQuery,
): Promise<Page<KeptMessage>> {
  const [names] =
    contact === undefined ? [] : await database.query<Names>(NAMES, [contact]);
  const rows = await database.query<Row>(SELECT, [
    contact ?? null,
    since ?? null,
    after?.time ?? null,
    after?.key ?? null,
    limit + 1,
    names?.contacts ?? [],
    names?.user_ids ?? [],
    kind,
  ]);
  return pageOf(
    rows,
    limit,
    ({ time, id }) => ({ time, key: id }),
    ({ item, received }) => ({
      ...(JSON.parse(item) as InboundMessage | Notice),
      receivedAt: received.toISOString(),
    }),
  );
}
