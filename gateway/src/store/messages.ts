import type { InboundMessage } from '../../../src/types';
import { pageOf } from './cursor';
import type { Page, Place } from './cursor';
import type { Database } from './database';

export type MessageQuery = {
  /** A number in digits, or a user ID. */
  contact?: string | undefined;
  since?: Date | undefined;
  after?: Place | undefined;
  limit: number;
};

/** A message as `parse` gives it, and when the gateway got it. */
export type KeptMessage = InboundMessage & { receivedAt: string };

type Row = { id: string; item: string; time: string; received: Date };

// Microseconds and all, because a cursor has to find its place again.
const TIME = `to_char(happened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

const SELECT = `
  SELECT id, item, ${TIME} AS time, received_at AS received
  FROM whatsapp_gateway.events
  WHERE kind = 'messages'
    AND ($1::text IS NULL OR contact = $1 OR user_id = $1)
    AND ($2::timestamptz IS NULL OR happened_at >= $2)
    AND ($3::timestamptz IS NULL OR (happened_at, id) < ($3, $4::uuid))
  ORDER BY happened_at DESC, id DESC
  LIMIT $5`;

/** What people wrote, the newest first. */
export async function listMessages(
  database: Database,
  { contact, since, after, limit }: MessageQuery,
): Promise<Page<KeptMessage>> {
  const rows = await database.query<Row>(SELECT, [
    contact ?? null,
    since ?? null,
    after?.time ?? null,
    after?.key ?? null,
    limit + 1,
  ]);
  return pageOf(
    rows,
    limit,
    ({ time, id }) => ({ time, key: id }),
    ({ item, received }) => ({
      ...(JSON.parse(item) as InboundMessage),
      receivedAt: received.toISOString(),
    }),
  );
}
