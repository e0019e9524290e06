import { expect } from 'chai';
import type { Round } from '../../../test/stress';
import { backfillChunk } from '../../src/store/backfill';
import { listConversations } from '../../src/store/conversations';
import { readCursor } from '../../src/store/cursor';
import { deleteOld } from '../../src/store/retention';
import { arrival } from './arrivals';
import { message, status, webhook } from './payloads';
import { plainConversations } from './plain-conversations';
import type { EventRow } from './plain-conversations';
import { describeStores } from './stores';
import type { Store } from './stores';

const START = Date.parse('2026-01-01T00:00:00Z') / 1000;
const DAY = 24 * 3600;
const TRIGGERS = ['events_insert', 'events_delete'];

type Choose = <T>(list: readonly T[]) => T;

/** Random events give the answers that a plain computation from all of them gives. */
export function describeConversations(
  title: string,
  { rounds, length }: { rounds: Round[]; length: number },
): void {
  describeStores(title, store => {
    for (const { seed, random } of rounds) {
      const choose: Choose = list =>
        list[Math.floor(random() * list.length)] as (typeof list)[number];
      const payloads = () => randomPayloads(choose, length);

      it(`are right after each webhook (seed ${seed})`, async () => {
        for (const payload of payloads()) {
          await store().write([arrival(payload)]);
          if (random() < 0.2) await compare(store(), choose);
        }
        await compare(store(), choose);
      });

      it(`are right when webhooks arrive together, at two gateways (seed ${seed})`, async () => {
        const all = payloads();
        while (all.length > 0) {
          const some = all.splice(0, 8);
          // Both get the same ones, in another order.
          await Promise.all([
            store().write(some.map(payload => arrival(payload))),
            store().write(some.map(payload => arrival(payload)).reverse()),
          ]);
        }
        await compare(store(), choose);
      });

      it(`are right while old events are deleted (seed ${seed})`, async () => {
        await store().write(payloads().map(payload => arrival(payload)));
        for (let part = 0; part < 5; part++) {
          await age(store(), random);
          await deleteOld(store().database, 90);
          await compare(store(), choose);
        }
        await store().database.query('DELETE FROM whatsapp_gateway.events');
        for (const table of ['people', 'messages', 'conversations']) {
          const rows = await store().database.query(
            `SELECT * FROM whatsapp_gateway.${table}`,
          );
          expect(rows, table).to.deep.equal([]);
        }
      });

      it(`are right for what an earlier version stored (seed ${seed})`, async () => {
        const [before, after] = [payloads(), payloads()];
        await withoutTriggers(store(), async () => {
          await store().write(before.map(payload => arrival(payload)));
        });
        await beginBackfill(store());

        for (const payload of after) {
          await store().write([arrival(payload)]);
          await backfillChunk(store().database, 7);
        }
        while (await backfillChunk(store().database, 7));

        await compare(store(), choose);
      });
    }
  });
}

/** Duplicates, statuses in any order, people with numbers and user IDs that change, groups. */
function randomPayloads(choose: Choose, length: number): object[] {
  const pool: object[] = [];
  for (let i = 0; i < length; i++) {
    const isAgain = pool.length > 0 && choose([true, false, false]);
    pool.push(isAgain ? choose(pool) : randomPayload(choose));
  }
  return pool;
}

function randomPayload(choose: Choose): object {
  const wa_id = choose(['1', '2', '3', '4', undefined]);
  const both = choose([true, false]);
  const user_id =
    wa_id === undefined || both ? choose(['KE.1', 'KE.2', 'KE.3']) : undefined;
  const time = String(START + choose(range(60)) * (DAY / 2));
  const id = `wamid.${choose(range(30))}`;
  const metadata = { phone_number_id: choose(['100', '200']) };
  const group = choose([undefined, undefined, undefined, 'g1', 'g2']);
  if (choose([true, false])) {
    const profile = choose([{}, { name: 'Amina' }, { name: 'Wanjiru' }]);
    const contacts = [{ wa_id, user_id, profile }];
    const from = { from: wa_id, from_user_id: user_id, group_id: group };
    const one = message('Hi', { id, timestamp: time, ...from });
    return webhook({ metadata, contacts, messages: [one] });
  }
  const to = group
    ? { recipient_id: group, recipient_type: 'group' }
    : { recipient_id: wa_id, recipient_user_id: user_id };
  const state = choose(['sent', 'delivered', 'read']);
  const one = status(id, state, { timestamp: time, ...to });
  return webhook({ metadata, statuses: [one] });
}

const range = (length: number) => Array.from({ length }, (_, i) => i);

/** Makes some events so old that they are deleted next. */
async function age({ database }: Store, random: () => number) {
  const rows = await database.query<{ id: string }>(
    'SELECT id FROM whatsapp_gateway.events ORDER BY id',
  );
  const ids = rows.map(({ id }) => id).filter(() => random() < 0.3);
  await database.query(
    `UPDATE whatsapp_gateway.events SET received_at = now() - interval '91 days'
     WHERE id = ANY($1::uuid[])`,
    [ids],
  );
}

async function withoutTriggers(
  { database }: Store,
  work: () => Promise<void>,
): Promise<void> {
  const set = async (state: 'ENABLE' | 'DISABLE') => {
    for (const trigger of TRIGGERS) {
      await database.query(
        `ALTER TABLE whatsapp_gateway.events ${state} TRIGGER ${trigger}`,
      );
    }
  };
  await set('DISABLE');
  await work();
  await set('ENABLE');
}

/** As the migration does. */
async function beginBackfill({ database }: Store): Promise<void> {
  await database.query(`INSERT INTO whatsapp_gateway.backfill
    SELECT '00000000-0000-0000-0000-000000000000', id
    FROM whatsapp_gateway.events ORDER BY id DESC LIMIT 1`);
}

async function compare({ database }: Store, choose: Choose): Promise<void> {
  const events = await database.query<EventRow>(
    'SELECT * FROM whatsapp_gateway.events',
  );
  const time = () => new Date((START + choose(range(60)) * (DAY / 2)) * 1000);
  const since = time();
  for (const query of [
    {},
    { since },
    { until: time() },
    { since, until: time() },
  ]) {
    const expected = plainConversations(events, query);
    const found: object[] = [];
    for (let after: string | undefined = ''; after !== undefined;) {
      const page = await listConversations(database, {
        ...query,
        limit: 3,
        after: readCursor(after),
      });
      expect(page.total).to.equal(expected.length);
      found.push(...page.data.map(plain));
      after = page.paging.after;
    }
    expect(found).to.have.deep.members(expected.map(plain));
    const times = found.map(one => (one as { lastAt: string }).lastAt);
    expect(times).to.deep.equal([...times].sort().reverse());
  }
}

/** Without the window, which is the last inbound message and a day, and what is not there. */
function plain(conversation: object): object {
  const {
    windowOpen: _,
    windowExpiresAt: __,
    ...rest
  } = conversation as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(rest).filter(([, value]) => value !== undefined),
  );
}
