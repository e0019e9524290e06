import { expect } from 'chai';
import { countBacklog, createBacklogReader } from '../../src/forward/backlog';
import type { Database } from '../../src/database/database';
import { describeStores } from '../support/stores';

const ADD = `INSERT INTO whatsapp_gateway.forwards
  (id, route, state, person, tries, due_at, counts, body, received_at)
  SELECT gen_random_uuid(), $1, $2, $3, $4, now(), '{}', '',
    now() - i * interval '1 second'
  FROM generate_series(1, $5) AS i`;

describeStores('the backlog', store => {
  const add = (
    count: number,
    { route = 'default', state = 'waiting', person = '', tries = 0 } = {},
  ) =>
    store().database.query(ADD, [route, state, person || null, tries, count]);

  beforeEach(() =>
    store().database.query('DELETE FROM whatsapp_gateway.forwards'),
  );

  it('is nothing when nothing waits and nothing is dead', async () => {
    await add(3, { state: 'delivered' });

    expect(await countBacklog(store().database)).to.deep.equal([]);
  });

  it('is counted exactly, whatever its size', async () => {
    await add(5000);
    await add(5001, { route: 'other' });
    // All are due at the same time, and of the same person.
    await add(12_000, { tries: 1 });
    await add(7000, { person: 'A' });
    await add(1, { person: 'A', tries: 2 });
    await add(6000, { state: 'dead' });
    await add(9, { state: 'dead', route: 'other', person: 'B' });

    const backlog = await countBacklog(store().database);

    expect(
      backlog.map(({ oldestSeconds: _, ...counts }) => counts),
    ).to.deep.equal([
      { route: 'default', waiting: 24_001, dead: 6000 },
      { route: 'other', waiting: 5001, dead: 9 },
    ]);
    const [first, second] = backlog.map(one => one.oldestSeconds);
    expect(first).to.be.within(12_000, 12_120);
    expect(second).to.be.within(5001, 5121);
  });

  it('is counted anew each time while that is quick', async () => {
    const backlog = createBacklogReader(store().database);
    await add(2);
    const before = await backlog.read();
    await add(3);

    const after = await backlog.read();

    expect([before, after].map(([one]) => one?.waiting)).to.deep.equal([2, 5]);
  });

  describe('when counting takes long', () => {
    let now = 0;
    let queries = 0;
    const open = () =>
      createBacklogReader(
        {
          reader: {
            query: async (text: string, values: unknown[]) => {
              queries += 1;
              now += 50;
              return store().database.reader.query(text, values);
            },
          },
        } as unknown as Database,
        () => now,
      );

    it('is told at once, as it was lately', async () => {
      const backlog = open();
      await add(2);
      await backlog.read();
      const counted = queries;
      await add(3);

      const [again] = await backlog.read();

      expect(queries).to.equal(counted);
      expect(again?.waiting).to.equal(2);
    });

    it('is counted anew for who has not asked for long', async () => {
      const backlog = open();
      await backlog.read();
      await add(3);
      now += 61_000;

      const [again] = await backlog.read();

      expect(again?.waiting).to.equal(3);
    });
  });
});
