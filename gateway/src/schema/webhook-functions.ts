import { PLANNED_ONCE } from './conversation-functions';

/**
 * The code of the error when a forward has events of which some are new and
 * others were there: it has to be composed anew. Nothing was stored then.
 */
export const MIXED_FORWARD = 'WG001';

/** Stores those of the forwards whose events are all new, and what belongs together. */
export const STORE_FORWARDS = `
  CREATE OR REPLACE FUNCTION whatsapp_gateway.store_forwards(given json, fresh uuid[])
  RETURNS void LANGUAGE plpgsql ${PLANNED_ONCE} AS $$
  BEGIN
    PERFORM FROM json_to_recordset(given) AS forward (events uuid[])
    WHERE events && fresh AND NOT events <@ fresh;
    IF FOUND THEN
      RAISE EXCEPTION 'a forward is new in part' USING ERRCODE = '${MIXED_FORWARD}';
    END IF;

    WITH forward AS MATERIALIZED (
      SELECT * FROM json_to_recordset(given) AS forward (
        id uuid, route text, person text, counts json, body text, events uuid[])
      WHERE events <@ fresh
    ), links AS (
      INSERT INTO whatsapp_gateway.event_forwards (event_id, forward_id)
      SELECT unnest(events), id FROM forward
    )
    INSERT INTO whatsapp_gateway.forwards (id, route, person, counts, body)
    SELECT id, route, person, counts, body FROM forward;
  END $$`;

/**
 * Stores the events of webhooks, each once, and what is to be forwarded of them;
 * returns the IDs of those that are new. As one statement, it is a transaction
 * of its own, and goes to the database and back once. A server may be told to
 * acknowledge before the disk has it; here it must not.
 */
export const STORE_WEBHOOKS = `
  CREATE OR REPLACE FUNCTION whatsapp_gateway.store_webhooks(given json, forwards json)
  RETURNS uuid[] LANGUAGE plpgsql ${PLANNED_ONCE} AS $$
  DECLARE fresh uuid[];
  BEGIN
    IF current_setting('synchronous_commit') = 'off' THEN
      PERFORM set_config('synchronous_commit', 'on', true);
    END IF;

    WITH stored AS (
      INSERT INTO whatsapp_gateway.events (
        id, key, kind, direction, message_id, contact, user_id, group_id, name,
        phone_number_id, happened_at, window_ends_at, item)
      SELECT id, key, kind, direction, message_id, contact, user_id, group_id, name,
        phone_number_id, happened_at, window_ends_at, item
      FROM json_to_recordset(given) AS event (
        id uuid, key text, kind text, direction text, message_id text,
        contact text, user_id text, group_id text, name text,
        phone_number_id text, happened_at timestamptz, window_ends_at timestamptz,
        item text)
      -- In the same order everywhere, so that two gateways never wait for each other.
      ORDER BY key
      ON CONFLICT (key) DO NOTHING
      RETURNING id
    )
    SELECT coalesce(array_agg(id), '{}') INTO fresh FROM stored;

    IF forwards IS NOT NULL THEN
      PERFORM whatsapp_gateway.store_forwards(forwards, fresh);
    END IF;
    RETURN fresh;
  END $$`;
