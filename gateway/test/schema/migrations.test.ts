import { expect } from 'chai';
import { createOutbox } from '../../src/forward/outbox';
import { nextId } from '../../src/core/ids';
import { createLogger } from '../../src/core/logger';
import { backfillChunk } from '../../src/store/backfill';
import { listConversations } from '../../src/store/conversations';
import { withAdvisoryLock } from '../../src/database/advisory-lock';
import { migrate, probeSchema } from '../../src/schema/migrations';
import { openPostgres } from '../../src/database/postgres';
import { newPostgresUrl } from '../support/postgres';
import { rejects } from '../support/rejects';
import { describeStores } from '../support/stores';

const STEPS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map(step => ({ step }));

// The tables of step 2, as they were published.
const STEP_2 = `
  DROP SCHEMA IF EXISTS whatsapp_gateway CASCADE;
  CREATE SCHEMA whatsapp_gateway;
  CREATE SCHEMA whatsapp_gateway_queue;
  CREATE TABLE whatsapp_gateway_queue.job (id uuid);
  CREATE TABLE whatsapp_gateway.migrations (
    step integer PRIMARY KEY, done_at timestamptz NOT NULL DEFAULT now());
  INSERT INTO whatsapp_gateway.migrations (step) VALUES (1), (2);
  CREATE TABLE whatsapp_gateway.events (
    id uuid PRIMARY KEY, key text NOT NULL UNIQUE, kind text NOT NULL,
    direction text, message_id text, contact text, user_id text, group_id text,
    name text, phone_number_id text, happened_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(), window_ends_at timestamptz,
    item text NOT NULL);
  CREATE TABLE whatsapp_gateway.forwards (
    id uuid PRIMARY KEY, state text NOT NULL DEFAULT 'waiting', counts json NOT NULL,
    body text NOT NULL, received_at timestamptz NOT NULL DEFAULT now(),
    give_up_at timestamptz NOT NULL, attempts integer NOT NULL DEFAULT 0,
    recoveries integer NOT NULL DEFAULT 0, last_attempt_at timestamptz,
    last_code text, last_status integer, died_at timestamptz);
  CREATE INDEX forwards_state ON whatsapp_gateway.forwards (state, received_at, id);`;

describe('migrate from the tables of an earlier version', () => {
  it('has what waited forwarded, keeps what is dead, and drops the old queue', async function () {
    const url = await newPostgresUrl(this);
    const database = openPostgres(url, createLogger('silent'));
    await database.run(STEP_2);
    const [waiting, late, dead] = [nextId(), nextId(), nextId()];
    await database.query(
      `INSERT INTO whatsapp_gateway.forwards (id, state, counts, body, give_up_at, attempts)
       VALUES ($1, 'waiting', '{}', 'first', now(), 0), ($2, 'waiting', '{}', 'second', now(), 7),
         ($3, 'dead', '{}', 'dead', now(), 3)`,
      [waiting, late, dead],
    );

    await migrate(database);

    const taken = await createOutbox(database, {
      route: 'default',
      lease: 10_000,
    }).claim(10);
    expect(taken.map(({ id }) => id)).to.deep.equal([waiting, late]);
    const schemas = await database.query(
      `SELECT FROM information_schema.schemata WHERE schema_name LIKE '%queue'`,
    );
    expect(schemas).to.deep.equal([]);
    await database.close();
  });
});

describe('migrate with events of an earlier version', () => {
  it('counts the conversations of all of them afterwards', async function () {
    const url = await newPostgresUrl(this);
    const database = openPostgres(url, createLogger('silent'));
    await database.run(STEP_2);
    await database.query(
      `INSERT INTO whatsapp_gateway.events
         (id, key, kind, direction, message_id, contact, phone_number_id, happened_at, item)
       SELECT gen_random_uuid(), 'k' || i, 'messages', 'in', 'wamid.' || i,
         (i % 10)::text, '100', now() - i * interval '1 second', '{}'
       FROM generate_series(1, 500) AS i`,
    );

    await migrate(database);
    await rejects(
      listConversations(database, { limit: 20 }),
      'CONVERSATIONS_NOT_READY',
    );
    while (await backfillChunk(database, 30));

    const { data, total } = await listConversations(database, { limit: 20 });
    expect(total).to.equal(10);
    expect(data.map(({ inbound }) => inbound)).to.deep.equal(
      Array.from({ length: 10 }, () => 50),
    );
    await database.close();
  });

  it('looks up rows by an index, whatever the size of the tables was before', async function () {
    const url = await newPostgresUrl(this);
    const database = openPostgres(url, createLogger('silent'));
    await migrate(database);

    const found = await database.query<{ name: string }>(
      `SELECT proname AS name FROM pg_catalog.pg_proc
       WHERE pronamespace = 'whatsapp_gateway'::regnamespace
         AND 'enable_seqscan=off' = ANY(proconfig) ORDER BY proname`,
    );

    expect(found.map(({ name }) => name)).to.deep.equal([
      ...['add_events', 'note_attempts', 'on_events_delete'],
      ...['store_forwards', 'store_webhooks'],
    ]);
    await database.close();
  });
});

describeStores('migrate', store => {
  it('refuses the tables of a newer version, at start and later', async () => {
    const { database } = store();
    const steps = 'whatsapp_gateway.migrations';
    await database.query(`INSERT INTO ${steps} (step) VALUES (1000)`);

    await rejects(migrate(database), 'STORE_TOO_NEW');
    const problem = await probeSchema(database);
    await database.query(`DELETE FROM ${steps} WHERE step = 1000`);

    expect(problem).to.include({ code: 'STORE_TOO_NEW' });
    expect(await probeSchema(database)).to.equal(undefined);
  });

  it('changes nothing the second time', async () => {
    await migrate(store().database);

    const steps = await store().database.query(
      'SELECT step FROM whatsapp_gateway.migrations',
    );
    expect(steps).to.deep.equal(STEPS);
  });
});

describeStores('migrate on tables of a newer version', store => {
  it('refuses, with words that help', async () => {
    const { database } = store();
    const next = STEPS.length + 1;
    const insert = 'INSERT INTO whatsapp_gateway.migrations (step) VALUES ($1)';
    await database.query(insert, [next]);

    const error = await rejects(migrate(database), 'STORE_TOO_NEW');

    expect(error.message).to.include('newer');
    await database.query(
      'DELETE FROM whatsapp_gateway.migrations WHERE step = $1',
      [next],
    );
  });
});

describe('withAdvisoryLock', () => {
  it('lets gateways that start at the same time make the tables one by one', async function () {
    const url = await newPostgresUrl(this);
    const log = createLogger('silent');
    const gateways = Array.from({ length: 4 }, () => openPostgres(url, log));

    await Promise.all(
      gateways.map(database =>
        withAdvisoryLock(database, () => migrate(database)),
      ),
    );

    const steps = await gateways[0]?.query(
      'SELECT step FROM whatsapp_gateway.migrations',
    );
    expect(steps).to.deep.equal(STEPS);
    for (const database of gateways) await database.close();
  });
});
