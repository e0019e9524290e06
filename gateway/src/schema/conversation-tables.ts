import {
  ADD_EVENTS,
  ADD_MESSAGES,
  MESSAGE,
  MISPLACED,
  MOVE_MESSAGES,
  PLANNED_ONCE,
  REFRESH_CONVERSATIONS,
} from './conversation-functions';
import { SENT } from './late-indexes';

const TABLES = [
  // Which user ID Meta last told of a number.
  `CREATE TABLE whatsapp_gateway.people (
     contact text PRIMARY KEY,
     user_id text,
     attested_at timestamptz
   )`,
  // One row for each message or call; its first event says when and with whom.
  `CREATE TABLE whatsapp_gateway.messages (
     id uuid PRIMARY KEY,
     direction text NOT NULL,
     is_call boolean NOT NULL,
     person text NOT NULL,
     phone_number_id text NOT NULL,
     happened_at timestamptz NOT NULL,
     event_id uuid NOT NULL
   )`,
  `CREATE INDEX messages_conversation ON whatsapp_gateway.messages
     (person, phone_number_id, happened_at) INCLUDE (direction, is_call)`,
  `CREATE INDEX messages_time ON whatsapp_gateway.messages
     (happened_at, person, phone_number_id)`,
  `CREATE TABLE whatsapp_gateway.conversations (
     person text,
     phone_number_id text,
     contact text,
     contact_at timestamptz,
     user_id text,
     user_id_at timestamptz,
     group_id text,
     name text,
     name_at timestamptz,
     inbound integer NOT NULL DEFAULT 0,
     outbound integer NOT NULL DEFAULT 0,
     last_at timestamptz NOT NULL DEFAULT '-infinity',
     last_inbound_at timestamptz,
     window_ends_at timestamptz,
     PRIMARY KEY (person, phone_number_id)
   )`,
  `CREATE INDEX conversations_last ON whatsapp_gateway.conversations
     (last_at, person, phone_number_id)`,
  // Meta's notices, in the order of the list; few, so a million events are not searched for them.
  `CREATE TABLE whatsapp_gateway.notices (
     happened_at timestamptz,
     event_id uuid,
     PRIMARY KEY (happened_at, event_id)
   )`,
  // What was stored before these tables were there, and is not in them yet.
  `CREATE TABLE whatsapp_gateway.backfill (
     after_id uuid NOT NULL,
     until_id uuid NOT NULL
   )`,
  `CREATE VIEW whatsapp_gateway.message_events AS
   SELECT events.id AS event_id, ${MESSAGE} AS id, direction,
     kind = 'calls' AS is_call,
     coalesce(group_id, events.user_id, people.user_id, events.contact) AS person,
     coalesce(phone_number_id, '') AS phone_number_id, happened_at
   FROM whatsapp_gateway.events
     LEFT JOIN whatsapp_gateway.people ON people.contact = events.contact
   WHERE direction IS NOT NULL
     AND coalesce(group_id, events.user_id, events.contact) IS NOT NULL`,
];

const ON_INSERT = `
  CREATE OR REPLACE FUNCTION whatsapp_gateway.on_events_insert()
  RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM whatsapp_gateway.add_events((SELECT array_agg(id) FROM added));
    RETURN NULL;
  END $$`;

/** A message whose first event is deleted counts by its next one, as long as there is one. */
const ON_DELETE = `
  CREATE OR REPLACE FUNCTION whatsapp_gateway.on_events_delete()
  RETURNS trigger LANGUAGE plpgsql ${PLANNED_ONCE} AS $$
  DECLARE
    ended_events uuid[]; ended_messages uuid[]; ended_contacts text[];
    contacts text[]; befores text[]; moving uuid[]; persons text[]; phones text[];
  BEGIN
    -- Lists instead of joins, which might go through all that was deleted for each row.
    SELECT array_agg(id), array_agg(DISTINCT contact),
      array_agg(DISTINCT ${MESSAGE}) FILTER (WHERE direction IS NOT NULL)
    INTO ended_events, ended_contacts, ended_messages FROM deleted;

    DELETE FROM whatsapp_gateway.notices
    WHERE event_id = ANY(ended_events) AND happened_at IN (
      SELECT happened_at FROM deleted WHERE kind = 'notices');

    PERFORM FROM whatsapp_gateway.people
    WHERE contact = ANY(ended_contacts) ORDER BY contact FOR UPDATE;
    WITH known AS (
      SELECT people.contact, left_over.user_id, left_over.happened_at,
        people.user_id AS before
      FROM whatsapp_gateway.people LEFT JOIN LATERAL (
        SELECT user_id, happened_at FROM whatsapp_gateway.events
        WHERE events.contact = people.contact AND events.user_id IS NOT NULL
        ORDER BY happened_at DESC, user_id DESC LIMIT 1
      ) AS left_over ON true
      WHERE people.contact IN (
        SELECT contact FROM deleted WHERE user_id IS NOT NULL)
    ), learned AS (
      UPDATE whatsapp_gateway.people
      SET user_id = known.user_id, attested_at = known.happened_at
      FROM known WHERE people.contact = known.contact
    )
    SELECT array_agg(contact), array_agg(before) INTO contacts, befores
    FROM known WHERE before IS DISTINCT FROM user_id;
    DELETE FROM whatsapp_gateway.people
    WHERE contact = ANY(ended_contacts) AND NOT EXISTS (
      SELECT FROM whatsapp_gateway.events WHERE events.contact = people.contact);

    PERFORM FROM whatsapp_gateway.messages
    WHERE id = ANY(ended_messages) ORDER BY id FOR UPDATE;
    WITH ended AS (
      DELETE FROM whatsapp_gateway.messages
      WHERE id = ANY(ended_messages) AND event_id = ANY(ended_events)
      RETURNING person, phone_number_id
    )
    SELECT array_agg(person), array_agg(phone_number_id) INTO persons, phones
    FROM (SELECT DISTINCT * FROM ended) AS key;

    IF contacts IS NOT NULL THEN ${MISPLACED}; END IF;
    IF persons IS NOT NULL OR moving IS NOT NULL THEN
      PERFORM whatsapp_gateway.move_messages(
        coalesce(moving, '{}'), coalesce(persons, '{}'), coalesce(phones, '{}'), '{}');
      PERFORM whatsapp_gateway.add_events((
        SELECT array_agg(id) FROM whatsapp_gateway.events
        WHERE ${SENT} AND message_id IN (SELECT message_id FROM deleted WHERE ${SENT})));
    END IF;
    RETURN NULL;
  END $$`;

const TRIGGERS = [
  `CREATE TRIGGER events_insert AFTER INSERT ON whatsapp_gateway.events
   REFERENCING NEW TABLE AS added
   FOR EACH STATEMENT EXECUTE FUNCTION whatsapp_gateway.on_events_insert()`,
  `CREATE TRIGGER events_delete AFTER DELETE ON whatsapp_gateway.events
   REFERENCING OLD TABLE AS deleted
   FOR EACH STATEMENT EXECUTE FUNCTION whatsapp_gateway.on_events_delete()`,
  `INSERT INTO whatsapp_gateway.backfill
   SELECT '00000000-0000-0000-0000-000000000000', id
   FROM whatsapp_gateway.events ORDER BY id DESC LIMIT 1`,
];

/** The functions as they are now; they replace those of an earlier version. */
export const CONVERSATION_FUNCTIONS: readonly string[] = [
  ADD_MESSAGES,
  REFRESH_CONVERSATIONS,
  MOVE_MESSAGES,
  ADD_EVENTS,
  ON_INSERT,
  ON_DELETE,
];

/**
 * The tables of conversations. Triggers keep them up in the transaction that
 * stores or deletes events, whoever does it: also a gateway of an earlier
 * version, while it runs beside this one.
 */
export const CONVERSATION_TABLES: readonly string[] = [
  ...TABLES,
  ...CONVERSATION_FUNCTIONS,
  ...TRIGGERS,
];
