import { expect } from 'chai';
import type { ReplayOptions } from '../../src/replay/replay-forwards';
import {
  createReplay,
  readReplay,
  stepReplay,
} from '../../src/replay/replay-jobs';
import type { Destination } from '../../src/settings/destination';
import { readRoutes } from '../../src/settings/routes-file';
import { arrival } from '../support/arrivals';
import { message, status, webhook } from '../support/payloads';
import { describeStores } from '../support/stores';

const ROUTES = JSON.stringify({
  routes: [
    {
      ...{ name: 'reports', url: 'https://a.example', order: 'person' },
      ...{ match: { kinds: 'messages, statuses', keywords: 'report' } },
      continue: true,
    },
    { name: 'default', url: 'https://b.example', match: { kinds: 'all' } },
  ],
});
const { routes } = readRoutes(ROUTES, { folder: '.', environment: {} });

const SPAN = { from: '2026-11-20T08:00:00Z', to: '2026-11-20T10:00:00Z' };
const NOW = { from: '2020-01-01T00:00:00Z', to: '2100-01-01T00:00:00Z' };

describeStores('a replay', store => {
  const insert = (state: string, time: string, more: object = {}) => {
    const { kind, count, route } = {
      ...{ kind: 'messages', count: 1, route: 'default' },
      ...more,
    };
    return store().database.query(
      `INSERT INTO whatsapp_gateway.forwards
         (id, state, counts, body, received_at, tries, attempts, died_at, route)
       SELECT gen_random_uuid(), $1, json_build_object($3::text, 1), '{}', $2::timestamptz, 3, 3,
         CASE WHEN $1::text = 'dead' THEN now() END, $5
       FROM generate_series(1, $4::int)`,
      [state, time, kind, count, route],
    );
  };

  const rows = () =>
    store().database.query<{
      route: string;
      at: Date;
      body: string;
      person: string | null;
    }>(
      `SELECT route, received_at AS at, body, person FROM whatsapp_gateway.forwards
       WHERE state = 'waiting' AND tries = 0 ORDER BY received_at, seq`,
    );
  const waiting = async () =>
    (await rows()).map(({ at }) => at.toISOString().slice(11, 16));

  const run = async (
    options: Partial<ReplayOptions>,
    destinations: readonly Destination[] = routes,
  ) => {
    const { database } = store();
    const whole = { ...SPAN, dryRun: false, ...options };
    const { id } = await createReplay(database, whole);
    while (await stepReplay(database, destinations, id));
    return (await readReplay(database, id))!;
  };

  /** Stores events that nothing is forwarded of. */
  const keep = (payload: object) =>
    store().write([arrival(payload, { kinds: new Set() })]);

  it('takes what was delivered or given up from the first time until before the last', async () => {
    await insert('delivered', '2026-11-20T07:59:59.999Z');
    await insert('delivered', '2026-11-20T08:00:00Z');
    await insert('dead', '2026-11-20T09:30:00Z');
    await insert('dead', '2026-11-20T10:00:00Z');
    const dry = await run({ dryRun: true });

    expect(dry).to.include({ state: 'done', delivered: 1, dead: 1, total: 2 });
    expect(await waiting()).to.deep.equal([]);
    expect(await run({})).to.include({ state: 'done', delivered: 1, dead: 1 });
    expect(await waiting()).to.deep.equal(['08:00', '09:30']);
  });

  it('takes only forwards with an event of the kind, or of the route', async () => {
    await insert('delivered', '2026-11-20T08:30:00Z', { kind: 'statuses' });
    await insert('delivered', '2026-11-20T09:30:00Z', { route: 'reports' });

    await run({ kind: 'messages', route: 'default', only: 'sent' });
    expect(await waiting()).to.deep.equal([]);
    await run({ route: 'reports' });
    expect(await waiting()).to.deep.equal(['09:30']);
    await run({ kind: 'statuses' });
    expect(await waiting()).to.deep.equal(['08:30', '09:30']);
  });

  it('takes each once when there are thousands of the same time', async () => {
    await insert('delivered', '2026-11-20T08:30:00Z', { count: 2500 });

    const replay = await run({});

    expect(replay).to.include({ delivered: 2500, examined: 2500, total: 2500 });
    expect(await waiting()).to.have.length(2500);
  });

  it('goes on where it was broken off, and queues nothing twice', async () => {
    await insert('delivered', '2026-11-20T08:30:00Z', { count: 1500 });
    const { database } = store();
    const { id } = await createReplay(database, { ...SPAN, dryRun: false });
    await stepReplay(database, routes, id);
    // What was queued is delivered meanwhile.
    await database.query(
      `UPDATE whatsapp_gateway.forwards SET state = 'delivered' WHERE state = 'waiting'`,
    );

    // As another gateway does after a restart.
    while (await stepReplay(database, routes));

    expect(await waiting()).to.have.length(500);
    expect(await readReplay(database, id)).to.include({ delivered: 1500 });
  });

  it('notes nothing when a piece of it fails', async () => {
    await insert('delivered', '2026-11-20T08:30:00Z');
    const { database } = store();
    const { id } = await createReplay(database, { ...SPAN, dryRun: false });
    const broken: typeof database = {
      ...database,
      transaction: work =>
        database.transaction(async session => {
          await work(session);
          throw new Error('away');
        }),
    };
    await stepReplay(broken, routes, id).catch(() => undefined);

    expect(await waiting()).to.deep.equal([]);
    while (await stepReplay(database, routes, id));
    expect(await waiting()).to.deep.equal(['08:30']);
  });

  it('composes what a route never got, as if it came now, and only once', async () => {
    const messages = [message('Report 1'), message('Hello')];
    const statuses = [status('wamid.1', 'sent')];
    const payload = webhook({ messages, statuses });
    await keep(payload);

    const dry = await run({ ...NOW, route: 'reports', dryRun: true });
    expect(dry).to.include({ composed: 1, skipped: 0 });
    expect(await rows()).to.deep.equal([]);
    const first = await run({ ...NOW, route: 'reports' });
    expect(first).to.include({ state: 'done', composed: 1 });
    const second = await run({ ...NOW, route: 'reports' });
    expect(second).to.include({ state: 'done', composed: 0 });

    const [row, ...others] = await rows();
    expect(others).to.deep.equal([]);
    expect(row).to.include({ route: 'reports', person: '254700000001' });
    const [report] = messages;
    const body = JSON.parse(row?.body ?? '') as ReturnType<typeof webhook>;
    const [entry] = webhook({ messages: [report] }).entry;
    expect(body.entry[0]?.changes).to.deep.equal(entry?.changes);
    const rest = await run({ ...NOW, route: 'default', kind: 'statuses' });
    expect(rest).to.include({ composed: 1 });
    expect((await rows()).map(({ route }) => route)).to.deep.equal([
      ...['reports', 'default'],
    ]);
  });

  it('takes the time of the event for that of the forward, so that it is kept no longer', async () => {
    await keep(webhook({ messages: [message('Report 1')] }));
    await store().database.query(
      `UPDATE whatsapp_gateway.events SET received_at = '2026-11-20T08:30:00Z'`,
    );

    await run({ route: 'reports', only: 'new' });

    expect(await waiting()).to.deep.equal(['08:30']);
  });

  it('composes thousands, each once, also in two replays at the same time', async () => {
    const messages = Array.from({ length: 450 }, (_, i) => message(`a ${i}`));
    await keep(webhook({ messages }));

    const replays = await Promise.all([
      run({ ...NOW, route: 'default' }),
      run({ ...NOW, route: 'default' }),
    ]);

    const total = replays.reduce((sum, { composed }) => sum + composed, 0);
    expect(total).to.be.at.least(450);
    expect(await rows()).to.have.length(450);
  });

  it('is left to a gateway that knows the route', async () => {
    const { database } = store();
    const options = { ...NOW, route: 'reports', dryRun: false };
    await createReplay(database, options);

    expect(await stepReplay(database, routes.slice(1))).to.equal(false);
    expect(await stepReplay(database, routes)).to.equal(true);
  });

  it('gives what waits and what is dead to another route, and nothing that is on the way', async () => {
    await insert('waiting', '2026-11-20T08:10:00Z', { route: 'old' });
    await insert('dead', '2026-11-20T08:20:00Z', { route: 'old' });
    await insert('delivered', '2026-11-20T08:30:00Z', { route: 'old' });
    await insert('waiting', '2026-11-20T08:40:00Z', { route: 'old' });
    await store().database.query(
      `UPDATE whatsapp_gateway.forwards SET leased_until = now() + interval '10 seconds'
       WHERE received_at = '2026-11-20T08:40:00Z'`,
    );

    const replay = await run({ route: 'old', moveTo: 'default' });

    expect(replay).to.include({ waiting: 1, dead: 1, delivered: 0 });
    expect(
      (await rows()).map(({ route, at }) => [route, at.getUTCMinutes()]),
    ).to.deep.equal([
      ['default', 10],
      ['default', 20],
    ]);
  });
});
