import type { Database } from '../src/database/database';

export type Sizes = { events: number; people: number; waiting: number };

const CHUNK = 20_000;
const DAYS = 80;
const NOW = new Date().toISOString();

/**
 * Events as an earlier version stored them, the same each time: of five, two are
 * messages from a person and three the statuses of one to the same person. Every
 * hundredth is a notice. Half of the people wrote much less than the others.
 */
const eventsOf = ({ events, people }: Sizes, from: number, to: number) =>
  `
  INSERT INTO whatsapp_gateway.events (id, key, kind, direction, message_id,
    contact, user_id, name, phone_number_id, happened_at, received_at, window_ends_at, item)
  SELECT (lpad(to_hex(i), 12, '0') || substr(md5(i::text), 1, 20))::uuid, 'k' || md5(i::text),
    kind, CASE kind WHEN 'messages' THEN 'in' WHEN 'statuses' THEN 'out' END,
    mid, contact, CASE WHEN i % 3 = 0 THEN 'KE.' || contact END,
    CASE WHEN kind = 'messages' THEN 'Name ' || contact END,
    '10654035224292' || person % 2, at, at,
    CASE WHEN kind = 'messages' THEN at + interval '1 day' END,
    json_build_object('id', mid, 'status', (ARRAY['sent', 'delivered', 'read'])[1 + i % 3],
      'from', contact, 'timestamp', at, 'raw', json_build_object('text', repeat('x', 300)))
  FROM (
    SELECT i, person, (254700000000 + person)::text AS contact,
      'wamid.HBgMMjU0NzAwMDAwMDAwFQIAERgSQ0' ||
        CASE WHEN i % 5 < 2 THEN 'a' || i ELSE 'b' || i / 5 END AS mid,
      CASE WHEN i % 100 = 0 THEN 'notices' WHEN i % 5 < 2 THEN 'messages' ELSE 'statuses' END AS kind,
      timestamptz '${NOW}' - (${events} - i) * interval '${DAYS} days' / ${events} AS at
    FROM (
      SELECT i, (pow((hashint4(i / 5)::bigint + 2147483648) / 4294967296.0, 2) * ${people})::int AS person
      FROM generate_series(${from}, ${to}) AS i
    ) AS numbered
  ) AS event`;

/** Every message was forwarded; of a hundred two are dead, and the last ones wait. */
const forwardsOf = ({ events, waiting }: Sizes, from: number, to: number) => `
  WITH own AS (
    SELECT id, received_at, row_number() OVER (ORDER BY received_at, id) AS n
    FROM whatsapp_gateway.events
    WHERE kind = 'messages' AND received_at > ${timeOf(events, from - 1)} AND received_at <= ${timeOf(events, to)}),
  links AS (
    INSERT INTO whatsapp_gateway.event_forwards (event_id, forward_id)
    SELECT id, id FROM own)
  INSERT INTO whatsapp_gateway.forwards (
    id, state, counts, body, received_at, attempts, died_at, delivered_at, last_code)
  SELECT id, state, '{"messages":1}', repeat('x', 900), received_at, 1,
    CASE state WHEN 'dead' THEN now() END, CASE state WHEN 'delivered' THEN now() END,
    CASE state WHEN 'dead' THEN 'HTTP_404' END
  FROM (
    SELECT id, received_at, CASE
      WHEN received_at > ${timeOf(events, events - waiting / 0.4)} THEN 'waiting'
      WHEN n % 50 = 0 THEN 'dead' ELSE 'delivered' END AS state
    FROM own) AS forward`;

const timeOf = (events: number, i: number) =>
  `(timestamptz '${NOW}' - ${events - i} * interval '${DAYS} days' / ${events})`;

/** What a gateway counted in a week: a row for each minute of the last day, and for each hour before. */
const STATISTICS = `
  INSERT INTO whatsapp_gateway.statistics (at, gateway, counts)
  SELECT at, gen_random_uuid(),
    '{"events":{"messages":40,"statuses":60},"forwards":{"delivered":40},"webhook":[1,2,4,8,16,32,40],"forward":[1,2,4,8,16,32,40]}'
  FROM (
    SELECT now() - i * interval '1 minute' AS at FROM generate_series(1, 25 * 60) AS i
    UNION ALL
    SELECT date_trunc('hour', now()) - i * interval '1 hour' FROM generate_series(26, 7 * 24) AS i
  ) AS times`;

/** Fills an empty database. */
export async function fill(database: Database, sizes: Sizes): Promise<void> {
  const trigger = (state: string) =>
    database.query(
      `ALTER TABLE whatsapp_gateway.events ${state} TRIGGER events_insert`,
    );
  await trigger('DISABLE');
  for (let from = 1; from <= sizes.events; from += CHUNK) {
    const to = Math.min(from + CHUNK - 1, sizes.events);
    await database.query(eventsOf(sizes, from, to));
    await database.query(forwardsOf(sizes, from, to));
  }
  await trigger('ENABLE');
  await database.query(STATISTICS);
  await database.query(`INSERT INTO whatsapp_gateway.backfill
    SELECT '00000000-0000-0000-0000-000000000000', id
    FROM whatsapp_gateway.events ORDER BY id DESC LIMIT 1`);
}
