import { RECORD_ATTEMPTS } from './forwards';
import {
  CONVERSATION_FUNCTIONS,
  CONVERSATION_TABLES,
} from './conversation-tables';
import { INDEX_EMPTY } from './late-indexes';
import { STORE_FORWARDS, STORE_WEBHOOKS } from './webhook-functions';

// Those that call the other functions of these tables.
const INDEXED_FUNCTIONS = [
  'add_events(uuid[])',
  'on_events_insert()',
  'on_events_delete()',
];

/**
 * The tables, step by step; a step that was published is never changed. Its
 * functions are, and then they are in another step at the end, too. Times are
 * the database's, except when something happened at Meta.
 */
export const STEPS: (string | readonly string[])[] = [
  `CREATE TABLE whatsapp_gateway.events (
     id uuid PRIMARY KEY,
     key text NOT NULL UNIQUE,
     kind text NOT NULL,
     direction text,
     message_id text,
     contact text,
     user_id text,
     group_id text,
     name text,
     phone_number_id text,
     happened_at timestamptz NOT NULL,
     received_at timestamptz NOT NULL DEFAULT now(),
     window_ends_at timestamptz,
     item text NOT NULL
   );
   CREATE INDEX events_received ON whatsapp_gateway.events (received_at);
   CREATE INDEX events_messages ON whatsapp_gateway.events (happened_at, id)
     WHERE kind = 'messages';
   CREATE INDEX events_contact ON whatsapp_gateway.events (contact, happened_at)
     WHERE contact IS NOT NULL;
   CREATE INDEX events_user ON whatsapp_gateway.events (user_id, happened_at)
     WHERE user_id IS NOT NULL;
   CREATE INDEX events_statuses ON whatsapp_gateway.events (message_id)
     WHERE kind = 'statuses';
   CREATE TABLE whatsapp_gateway.forwards (
     id uuid PRIMARY KEY,
     state text NOT NULL DEFAULT 'waiting',
     counts json NOT NULL,
     body text NOT NULL,
     received_at timestamptz NOT NULL DEFAULT now(),
     give_up_at timestamptz NOT NULL,
     attempts integer NOT NULL DEFAULT 0,
     recoveries integer NOT NULL DEFAULT 0,
     last_attempt_at timestamptz,
     last_code text,
     last_status integer,
     died_at timestamptz
   );
   CREATE INDEX forwards_state ON whatsapp_gateway.forwards (state, received_at, id);`,
  `CREATE INDEX events_exchanged ON whatsapp_gateway.events (happened_at, id)
     WHERE kind = 'messages' OR (
       direction = 'out' AND kind IN ('statuses', 'account')
       AND message_id IS NOT NULL);
   CREATE INDEX events_sent ON whatsapp_gateway.events (message_id, happened_at, id)
     WHERE direction = 'out' AND kind IN ('statuses', 'account')
       AND message_id IS NOT NULL;
   DROP INDEX whatsapp_gateway.events_statuses;`,
  CONVERSATION_TABLES,
  // Forwards are their own queue. No column needs a row to be rewritten; the
  // place of those that were there before is 0, and among them that of the ID.
  `CREATE SEQUENCE whatsapp_gateway.forwards_seq;
   ALTER TABLE whatsapp_gateway.forwards
     ADD COLUMN seq bigint NOT NULL DEFAULT 0,
     ADD COLUMN route text NOT NULL DEFAULT 'default',
     ADD COLUMN person text COLLATE "C",
     ADD COLUMN tries integer NOT NULL DEFAULT 0,
     ADD COLUMN due_at timestamptz NOT NULL DEFAULT now(),
     ADD COLUMN leased_by uuid,
     ADD COLUMN leased_until timestamptz,
     ADD COLUMN delivered_at timestamptz,
     DROP COLUMN give_up_at,
     DROP COLUMN recoveries;
   ALTER TABLE whatsapp_gateway.forwards
     ALTER COLUMN seq SET DEFAULT nextval('whatsapp_gateway.forwards_seq');
   DROP INDEX whatsapp_gateway.forwards_state;
   CREATE INDEX forwards_received ON whatsapp_gateway.forwards (received_at);
   CREATE INDEX forwards_new ON whatsapp_gateway.forwards (route, seq, id)
     INCLUDE (received_at)
     WHERE state = 'waiting' AND person IS NULL AND tries = 0;
   CREATE INDEX forwards_retries ON whatsapp_gateway.forwards (route, due_at, id)
     INCLUDE (received_at, person)
     WHERE state = 'waiting' AND tries > 0;
   CREATE INDEX forwards_persons ON whatsapp_gateway.forwards (route, person, seq, id)
     INCLUDE (received_at)
     WHERE state = 'waiting' AND person IS NOT NULL;
   CREATE INDEX forwards_dead ON whatsapp_gateway.forwards (received_at, id) INCLUDE (route)
     WHERE state = 'dead';
   CREATE TABLE whatsapp_gateway.event_forwards (
     event_id uuid NOT NULL,
     forward_id uuid NOT NULL,
     PRIMARY KEY (event_id, forward_id)
   );
   CREATE TABLE whatsapp_gateway.attempts (
     forward_id uuid NOT NULL,
     number integer NOT NULL,
     at timestamptz NOT NULL DEFAULT now(),
     duration_ms integer NOT NULL,
     code text,
     status integer,
     content_type text,
     work_order_id text,
     PRIMARY KEY (forward_id, number)
   );
   DROP SCHEMA IF EXISTS whatsapp_gateway_queue CASCADE;`,
  `CREATE TABLE whatsapp_gateway.alerts (
     code text NOT NULL,
     subject text NOT NULL,
     details json NOT NULL,
     count integer NOT NULL,
     is_open boolean NOT NULL,
     attempts integer NOT NULL DEFAULT 0,
     due_at timestamptz NOT NULL DEFAULT now(),
     PRIMARY KEY (code, subject)
   );`,
  `CREATE TABLE whatsapp_gateway.quarantine (
     id uuid PRIMARY KEY,
     received_at timestamptz NOT NULL DEFAULT now(),
     reason text NOT NULL,
     size integer NOT NULL,
     body bytea NOT NULL
   );
   CREATE INDEX quarantine_received ON whatsapp_gateway.quarantine (received_at, id);`,
  [
    // A plan that was made while the tables were tiny is used for long, so it
    // has to be one that looks rows up by an index.
    ...INDEXED_FUNCTIONS.flatMap(name =>
      ['seqscan', 'hashjoin', 'mergejoin'].map(
        kind =>
          `ALTER FUNCTION whatsapp_gateway.${name} SET enable_${kind} = off`,
      ),
    ),
    INDEX_EMPTY,
  ],
  // A backup that is being restored.
  `CREATE TABLE whatsapp_gateway.restores (
     source uuid PRIMARY KEY,
     started_at timestamptz NOT NULL DEFAULT now()
   );`,
  // What operators set for a route, and how many runs it has started.
  `CREATE TABLE whatsapp_gateway.routes (
     name text COLLATE "C" PRIMARY KEY,
     paused_at timestamptz,
     hourly_budget integer
   );
   CREATE TABLE whatsapp_gateway.route_runs (
     route text NOT NULL,
     minute timestamptz NOT NULL,
     count integer NOT NULL,
     PRIMARY KEY (route, minute)
   );`,
  // One way to the database and back for what is done most.
  [
    ...CONVERSATION_FUNCTIONS,
    ...[STORE_FORWARDS, STORE_WEBHOOKS, RECORD_ATTEMPTS],
  ],
  // What each gateway counted in a minute, for the charts of the console, and
  // what an operator decided not to send.
  `CREATE TABLE whatsapp_gateway.statistics (
     at timestamptz NOT NULL DEFAULT now(),
     gateway uuid NOT NULL,
     counts json NOT NULL,
     PRIMARY KEY (at, gateway)
   );
   CREATE INDEX forwards_discarded ON whatsapp_gateway.forwards (received_at, id)
     WHERE state = 'discarded';`,
  // What is sent again in the background, and how far it is.
  `CREATE TABLE whatsapp_gateway.replays (
     id uuid PRIMARY KEY,
     state text NOT NULL DEFAULT 'running',
     options json NOT NULL,
     composes_for text,
     phase text NOT NULL,
     place_time timestamptz NOT NULL DEFAULT '-infinity',
     place_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
     total integer,
     examined integer NOT NULL DEFAULT 0,
     delivered integer NOT NULL DEFAULT 0,
     dead integer NOT NULL DEFAULT 0,
     waiting integer NOT NULL DEFAULT 0,
     composed integer NOT NULL DEFAULT 0,
     skipped integer NOT NULL DEFAULT 0,
     created_at timestamptz NOT NULL DEFAULT now(),
     finished_at timestamptz
   );`,
];
