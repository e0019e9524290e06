import { expect } from 'chai';
import type { Replay } from '../../src/replay/replay-jobs';
import { createLogger } from '../../src/core/logger';
import { openPostgres } from '../../src/database/postgres';
import { ask } from '../support/gateways';
import { newPostgresUrl } from '../support/postgres';
import { GatewayProcess, killGateways } from '../support/processes';
import { until } from '../support/waiting';

const COUNT = 40_000;

describe('a replay whose gateway is killed', function () {
  this.timeout(300_000);

  afterEach(killGateways);

  it('goes on after a restart, and queues each forward once', async function () {
    const url = await newPostgresUrl(this);
    const environment = {
      // Nothing answers there: what is queued stays.
      ...{ DATABASE_URL: url, OPENFN_WEBHOOK_URL: 'http://127.0.0.1:9/' },
    };
    const first = await new GatewayProcess(environment).ready();
    const database = openPostgres(url, createLogger('silent'));
    await ask(first.url, '/routes/default', {
      method: 'PATCH',
      body: JSON.stringify({ paused: true }),
    });
    await database.query(
      `INSERT INTO whatsapp_gateway.forwards (id, state, counts, body, received_at, attempts)
       SELECT gen_random_uuid(), 'delivered', '{"messages":1}', '{}', now() - i * interval '1 second', 1
       FROM generate_series(1, ${COUNT}) AS i`,
    );
    // Each time one is queued.
    await database.run(
      `CREATE TABLE queued (id uuid);
       CREATE FUNCTION note_queued() RETURNS trigger LANGUAGE plpgsql AS
         'BEGIN INSERT INTO queued VALUES (NEW.id); RETURN NEW; END';
       CREATE TRIGGER note AFTER UPDATE ON whatsapp_gateway.forwards FOR EACH ROW
         WHEN (OLD.state = 'delivered' AND NEW.state = 'waiting') EXECUTE FUNCTION note_queued()`,
    );
    const from = '2020-01-01T00:00:00Z';
    const to = new Date().toISOString();
    const { body } = await ask<Replay>(first.url, '/replays', {
      method: 'POST',
      body: JSON.stringify({ from, to }),
    });
    const read = async (gateway: GatewayProcess) =>
      (await ask<Replay>(gateway.url, `/replays/${body.id}`)).body;
    await until(async () => (await read(first)).delivered > 0, 'a piece');
    await first.kill();

    const second = await new GatewayProcess(environment).ready();
    const done = await until(async () => {
      const replay = await read(second);
      return replay.state === 'running' ? undefined : replay;
    }, 'the rest');

    expect(done).to.include({ state: 'done', delivered: COUNT });
    const [queued] = await database.query<{ all: number; each: number }>(
      'SELECT count(*)::int AS all, count(DISTINCT id)::int AS each FROM queued',
    );
    expect(queued).to.deep.equal({ all: COUNT, each: COUNT });
    await database.close();
  });
});
