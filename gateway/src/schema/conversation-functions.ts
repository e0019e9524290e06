/**
 * Settings of the functions that write. PostgreSQL plans their statements once
 * for each connection, not at each call. Such a plan may be made while the
 * tables are tiny, so it has to be one that looks rows up by an index.
 */
export const PLANNED_ONCE = `
  SET plan_cache_mode = force_generic_plan
  SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off`;

/** Of a message and its direction; of what has no ID, of the event itself. */
export const MESSAGE = `md5(direction || coalesce(message_id, key))::uuid`;

const latest = (column: string) => `
  (array_agg(${column} ORDER BY happened_at DESC, event.id DESC)
    FILTER (WHERE ${column} IS NOT NULL))[1] AS ${column}`;

const latestAt = (column: string) =>
  `max(happened_at) FILTER (WHERE ${column} IS NOT NULL) AS ${column}_at`;

const count = (direction: 'in' | 'out') =>
  `count(*) FILTER (WHERE message.direction = '${direction}' AND NOT is_call)`;

const SUMMARY_COLUMNS = `person, phone_number_id, contact, contact_at, user_id,
  user_id_at, group_id, name, name_at, inbound, outbound, last_at,
  last_inbound_at, window_ends_at`;

/**
 * Rows that are looked up by an index, once for each row before. A join might
 * go through a whole index each time: a plan that was made while the tables
 * were tiny does not mind.
 */
const lookUp = (rows: string) =>
  `CROSS JOIN LATERAL (SELECT * FROM whatsapp_gateway.${rows} OFFSET 0)`;

/** What a conversation is by those of its messages that are in a list. */
const summaries = (messages: string, condition = 'true') => `
  SELECT person, message.phone_number_id,
    ${latest('contact')}, ${latestAt('contact')},
    ${latest('user_id')}, ${latestAt('user_id')}, ${latest('group_id')},
    ${latest('name')}, ${latestAt('name')},
    ${count('in')} AS inbound, ${count('out')} AS outbound,
    max(happened_at) AS last_at,
    max(happened_at) FILTER (WHERE message.direction = 'in') AS last_inbound_at,
    max(window_ends_at) AS window_ends_at
  FROM ${messages} AS message
    CROSS JOIN LATERAL (
      SELECT id, contact, user_id, group_id, name, window_ends_at
      FROM whatsapp_gateway.events WHERE events.id = message.event_id OFFSET 0
    ) AS event
  WHERE ${condition}
  GROUP BY person, message.phone_number_id`;

const newer = (column: string) => `
  ${column} = CASE
    WHEN excluded.${column}_at >= coalesce(kept.${column}_at, '-infinity')
    THEN excluded.${column} ELSE kept.${column} END,
  ${column}_at = greatest(kept.${column}_at, excluded.${column}_at)`;

const IS_CONVERSATION = (table: string) => `
  (${table}.person, ${table}.phone_number_id) IN (
    SELECT * FROM unnest(persons, phones))`;

/**
 * Adds messages to their conversations. Rows are locked in the order of their
 * keys, here and in all functions below: first people, then messages, then
 * conversations. So two gateways never wait for each other.
 */
export const ADD_MESSAGES = `
  CREATE OR REPLACE FUNCTION whatsapp_gateway.add_messages(ids uuid[], persons text[], phones text[])
  RETURNS void LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO whatsapp_gateway.conversations AS kept (${SUMMARY_COLUMNS})
    SELECT * FROM (
      ${summaries(
        `unnest(ids) AS new (id) ${lookUp('messages WHERE messages.id = new.id')}`,
        `NOT ${IS_CONVERSATION('message')}`,
      )}
    ) AS summary
    ORDER BY person, phone_number_id
    ON CONFLICT (person, phone_number_id) DO UPDATE SET
      ${['contact', 'user_id', 'name'].map(newer).join(',')},
      group_id = coalesce(excluded.group_id, kept.group_id),
      inbound = kept.inbound + excluded.inbound,
      outbound = kept.outbound + excluded.outbound,
      last_at = greatest(kept.last_at, excluded.last_at),
      last_inbound_at = greatest(kept.last_inbound_at, excluded.last_inbound_at),
      window_ends_at = greatest(kept.window_ends_at, excluded.window_ends_at);
  END $$`;

/** Computes conversations anew, together with adding messages to others. */
export const REFRESH_CONVERSATIONS = `
  CREATE OR REPLACE FUNCTION whatsapp_gateway.refresh_conversations(persons text[], phones text[], added uuid[])
  RETURNS void LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO whatsapp_gateway.conversations (person, phone_number_id)
    SELECT * FROM (
      SELECT * FROM unnest(persons, phones)
      UNION
      SELECT person, phone_number_id FROM whatsapp_gateway.messages WHERE id = ANY(added)
    ) AS key (person, phone_number_id)
    ORDER BY person, phone_number_id
    -- Locks the row, and changes nothing.
    ON CONFLICT (person, phone_number_id) DO UPDATE SET person = excluded.person WHERE false;
    PERFORM whatsapp_gateway.add_messages(added, persons, phones);
    UPDATE whatsapp_gateway.conversations AS kept SET (${SUMMARY_COLUMNS}) = (
      summary.person, ${SUMMARY_COLUMNS.split(',')
        .slice(1)
        .map(column => `summary.${column.trim()}`)
        .join(', ')})
    FROM (${summaries(`unnest(persons, phones) AS key (whom, phone)
      ${lookUp('messages WHERE person = key.whom AND phone_number_id = key.phone')}`)}) AS summary
    WHERE (kept.person, kept.phone_number_id) = (summary.person, summary.phone_number_id);
    DELETE FROM whatsapp_gateway.conversations AS kept
    WHERE ${IS_CONVERSATION('kept')} AND NOT EXISTS (
      SELECT FROM whatsapp_gateway.messages AS message
      WHERE message.person = kept.person AND message.phone_number_id = kept.phone_number_id);
  END $$`;

/** Puts messages into the conversations that their first events belong to now. */
export const MOVE_MESSAGES = `
  CREATE OR REPLACE FUNCTION whatsapp_gateway.move_messages(
    ids uuid[], persons text[], phones text[], added uuid[])
  RETURNS void LANGUAGE plpgsql AS $$
  DECLARE all_persons text[]; all_phones text[];
  BEGIN
    WITH moved AS (
      UPDATE whatsapp_gateway.messages AS message
      SET person = event.person, phone_number_id = event.phone_number_id
      FROM whatsapp_gateway.message_events AS event,
        whatsapp_gateway.messages AS before
      WHERE message.id = ANY(ids) AND event.event_id = message.event_id
        AND before.id = message.id
      RETURNING before.person AS old_person, before.phone_number_id AS old_phone,
        event.person, event.phone_number_id
    )
    SELECT array_agg(key.person), array_agg(key.phone) INTO all_persons, all_phones
    FROM (
      SELECT * FROM unnest(persons, phones)
      UNION SELECT old_person, old_phone FROM moved
      UNION SELECT moved.person, moved.phone_number_id FROM moved
    ) AS key (person, phone);
    PERFORM whatsapp_gateway.refresh_conversations(all_persons, all_phones, added);
  END $$`;

/** The messages with a person whose events told the number only, and which count under another name now. */
export const MISPLACED = `
  SELECT array_agg(message.id) INTO moving
  FROM unnest(contacts, befores) AS changed (contact, person)
    ${lookUp('messages WHERE messages.person = changed.person')} AS message
    ${lookUp('events WHERE events.id = message.event_id')} AS event
  WHERE event.contact = changed.contact
    AND event.user_id IS NULL AND event.group_id IS NULL`;

/**
 * Brings events into the tables; those that are in them already change nothing.
 * Most webhooks bring one event, and a statement costs about the same for one
 * as for ten: so it asks first what there is to do.
 */
export const ADD_EVENTS = `
  CREATE OR REPLACE FUNCTION whatsapp_gateway.add_events(ids uuid[])
  RETURNS void LANGUAGE plpgsql ${PLANNED_ONCE} AS $$
  DECLARE
    given record;
    contacts text[]; befores text[]; moving uuid[]; added uuid[]; earlier uuid[];
  BEGIN
    SELECT bool_or(kind = 'notices') AS has_notices,
      bool_or(contact IS NOT NULL) AS has_contacts,
      bool_or(contact IS NOT NULL AND user_id IS NOT NULL) AS tells_users,
      bool_or(direction IS NOT NULL) AS has_messages
    INTO given FROM whatsapp_gateway.events WHERE id = ANY(ids);

    IF given.has_notices THEN
      INSERT INTO whatsapp_gateway.notices
      SELECT happened_at, id FROM whatsapp_gateway.events
      WHERE id = ANY(ids) AND kind = 'notices'
      ON CONFLICT DO NOTHING;
    END IF;

    IF given.has_contacts THEN
      INSERT INTO whatsapp_gateway.people (contact)
      SELECT DISTINCT contact FROM whatsapp_gateway.events
      WHERE id = ANY(ids) AND contact IS NOT NULL ORDER BY contact
      ON CONFLICT (contact) DO UPDATE SET contact = excluded.contact WHERE false;
    END IF;

    IF given.tells_users THEN
      WITH told AS (
        SELECT DISTINCT ON (contact) contact, user_id, happened_at
        FROM whatsapp_gateway.events
        WHERE id = ANY(ids) AND contact IS NOT NULL AND user_id IS NOT NULL
        ORDER BY contact, happened_at DESC, user_id DESC
      ), later AS (
        SELECT told.*, coalesce(people.user_id, people.contact) AS before
        FROM told JOIN whatsapp_gateway.people USING (contact)
        WHERE people.user_id IS NULL
          OR (told.happened_at, told.user_id) > (people.attested_at, people.user_id)
      ), learned AS (
        UPDATE whatsapp_gateway.people
        SET user_id = later.user_id, attested_at = later.happened_at
        FROM later WHERE people.contact = later.contact
      )
      SELECT array_agg(contact), array_agg(before) INTO contacts, befores
      FROM later WHERE before <> user_id;
      IF contacts IS NOT NULL THEN ${MISPLACED}; END IF;
    END IF;

    IF given.has_messages THEN
      -- Those that are new, and those of which an event came late but happened
      -- first. The others are locked, and stay as they are. xmax is 0 of a row
      -- that was inserted.
      WITH written AS (
        INSERT INTO whatsapp_gateway.messages AS kept
          (id, direction, is_call, person, phone_number_id, happened_at, event_id)
        SELECT DISTINCT ON (id)
          id, direction, is_call, person, phone_number_id, happened_at, event_id
        FROM whatsapp_gateway.message_events
        WHERE event_id = ANY(ids) ORDER BY id, happened_at, event_id
        ON CONFLICT (id) DO UPDATE SET is_call = excluded.is_call,
          happened_at = excluded.happened_at, event_id = excluded.event_id
        WHERE (excluded.happened_at, excluded.event_id) < (kept.happened_at, kept.event_id)
        RETURNING id, xmax = 0 AS is_new
      )
      SELECT array_agg(id) FILTER (WHERE is_new), array_agg(id) FILTER (WHERE NOT is_new)
      INTO added, earlier FROM written;
    END IF;

    IF moving IS NOT NULL OR earlier IS NOT NULL THEN
      PERFORM whatsapp_gateway.move_messages(moving || earlier, '{}', '{}', added);
    ELSIF added IS NOT NULL THEN
      PERFORM whatsapp_gateway.add_messages(added, '{}', '{}');
    END IF;
  END $$`;
