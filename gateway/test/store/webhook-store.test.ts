import { expect } from 'chai';
import { GatewayError } from '../../src/core/errors';
import { createWebhookStore } from '../../src/store/webhook-store';
import type { Write } from '../../src/store/webhook-store';
import { arrival } from '../support/arrivals';
import { message, status, textWebhook, webhook } from '../support/payloads';
import { rejects } from '../support/rejects';
import { describeStores } from '../support/stores';
import type { Store } from '../support/stores';
import { until } from '../support/waiting';

const count = async ({ database }: Store, table: string) => {
  const rows = await database.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM ${table}`,
  );
  return rows[0]?.count;
};

const counts = async (store: Store) => ({
  events: await count(store, 'whatsapp_gateway.events'),
  forwards: await count(store, 'whatsapp_gateway.forwards'),
  links: await count(store, 'whatsapp_gateway.event_forwards'),
});

describeStores('createWriter', store => {
  it('stores the events, what to forward, and what belongs together', async () => {
    const value = {
      messages: [message('Hello')],
      statuses: [status('w', 'sent')],
    };

    const [stored] = await store().write([arrival(webhook(value))]);

    expect(stored?.fresh.size).to.equal(2);
    expect(await counts(store())).to.deep.equal({
      events: 2,
      forwards: 1,
      links: 2,
    });
  });

  it('stores an event once, and forwards it once, however often it comes', async () => {
    const body = textWebhook('Hello');

    await store().write([arrival(body), arrival(body)]);
    const [stored] = await store().write([arrival(body)]);

    expect(stored).to.deep.include({ forwards: 0 });
    expect(await counts(store())).to.deep.equal({
      events: 1,
      forwards: 1,
      links: 1,
    });
  });

  it('forwards of a webhook only what is new', async () => {
    const [one, two] = [message('one'), message('two')];
    await store().write([arrival(webhook({ messages: [one] }))]);

    await store().write([arrival(webhook({ messages: [one, two] }))]);

    const rows = await store().database.query<{ body: string }>(
      'SELECT body FROM whatsapp_gateway.forwards ORDER BY id',
    );
    const bodies = rows.map(({ body }) => JSON.parse(body) as unknown);
    expect(bodies).to.deep.equal([
      webhook({ messages: [one] }),
      webhook({ messages: [two] }),
    ]);
  });

  it('stores nothing when anything fails', async () => {
    const broken = {
      ...arrival(textWebhook('Hello')),
      compose: () => expect.fail(),
    };

    await store()
      .write([arrival(textWebhook('Hi')), broken])
      .catch(() => undefined);

    expect(await counts(store())).to.deep.equal({
      events: 0,
      forwards: 0,
      links: 0,
    });
  });

  it('keeps what no database likes', async () => {
    const nasty = `'; DROP TABLE events; -- \0 \ud800 {"a":"\\u0000"} \u2028`;
    const value = { messages: [message(nasty, { id: nasty, from: nasty })] };

    await store().write([arrival(webhook(value))]);

    const rows = await store().database.query<{ item: string }>(
      'SELECT item FROM whatsapp_gateway.events',
    );
    expect(JSON.parse(rows[0]?.item ?? '')).to.deep.include({ text: nasty });
  });

  it('survives two writers with the same events in another order', async () => {
    const bodies = Array.from({ length: 40 }, (_, i) => textWebhook(`${i}`));
    const mixed = [...bodies].reverse();

    await Promise.all([
      store().write(bodies.map(body => arrival(body))),
      store().write(mixed.map(body => arrival(body))),
    ]);

    expect(await counts(store())).to.deep.include({ events: 40, forwards: 40 });
  });
});

describe('createWebhookStore', () => {
  const stored = { fresh: new Set<string>(), forwards: 0 };
  const dataError = Object.assign(new Error(), { code: '22P05' });

  it('lets one webhook that cannot be stored spoil no other', async () => {
    const bad = arrival(textWebhook('bad'));
    const write: Write = arrivals =>
      arrivals.includes(bad)
        ? Promise.reject(dataError)
        : Promise.resolve(arrivals.map(() => stored));
    const store = createWebhookStore(write);
    const first = store.add(arrival(textWebhook('first')), 1);

    const together = [
      store.add(arrival(textWebhook('good')), 1),
      store.add(bad, 1),
    ] as const;

    expect(await first).to.equal(stored);
    expect(await together[0]).to.equal(stored);
    await rejects(together[1], '22P05');
  });

  it('tries no webhook twice when the database is away', async () => {
    let writes = 0;
    const away = Object.assign(new Error(), { code: 'ECONNREFUSED' });
    const store = createWebhookStore(() => {
      writes += 1;
      return Promise.reject(away);
    });

    const adding = [1, 2, 3].map(() =>
      store.add(arrival(textWebhook('Hi')), 1),
    );

    for (const one of adding) await rejects(one, 'ECONNREFUSED');
    expect(writes).to.equal(1);
  });

  it('refuses more than memory is set aside for, until some is stored', async () => {
    const writes: (() => void)[] = [];
    const store = createWebhookStore(async arrivals => {
      await new Promise<void>(resolve => writes.push(resolve));
      return arrivals.map(() => stored);
    });
    const finishOne = async () =>
      (await until(() => writes.shift(), 'writing'))();
    const large = store.add(arrival(textWebhook('large')), 60_000_000);

    await rejects(
      store.add(arrival(textWebhook('more')), 10_000_000),
      'STORE_BUSY',
    );
    await finishOne();
    await large;

    const next = store.add(arrival(textWebhook('more')), 10_000_000);
    await finishOne();
    expect(await next).to.equal(stored);
  });

  it('takes nothing, be it a webhook or not, while the disk is nearly full, and tells of what fails', async () => {
    const failures: unknown[] = [];
    const storage = {
      problem: new GatewayError('STORAGE_FULL', 'Full.', 'Make space.'),
      noteFailure: (error: unknown) => void failures.push(error),
    };
    const away = Object.assign(new Error(), { code: 'ECONNREFUSED' });
    let writes = 0;
    const fail = () => {
      writes += 1;
      return Promise.reject(away);
    };
    const full = createWebhookStore(fail, { storage });
    const open = createWebhookStore(fail, {
      storage: { ...storage, problem: undefined },
    });

    await rejects(full.addOther(fail), 'STORAGE_FULL');
    await rejects(full.add(arrival(textWebhook('Hi')), 1), 'STORAGE_FULL');
    expect(writes).to.equal(0);
    await rejects(open.addOther(fail), 'ECONNREFUSED');
    await rejects(open.add(arrival(textWebhook('Hi')), 1), 'ECONNREFUSED');

    expect(failures).to.deep.equal([away, away]);
  });
});
