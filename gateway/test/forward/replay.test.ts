import { expect } from 'chai';
import { countReplay, replay } from '../../src/forward/replay';
import { describeStores } from '../support/stores';

describeStores('replay', store => {
  const insert = (state: string, time: string, kind = 'messages', count = 1) =>
    store().database.query(
      `INSERT INTO whatsapp_gateway.forwards
         (id, state, counts, body, received_at, tries, attempts, died_at)
       SELECT gen_random_uuid(), $1, json_build_object($3::text, 1), '{}', $2::timestamptz, 3, 3,
         CASE WHEN $1::text = 'dead' THEN now() END
       FROM generate_series(1, $4::int)`,
      [state, time, kind, count],
    );
  const waiting = async () => {
    const rows = await store().database.query<{ at: Date }>(
      `SELECT received_at AS at FROM whatsapp_gateway.forwards
       WHERE state = 'waiting' AND tries = 0 AND died_at IS NULL AND attempts = 3
       ORDER BY received_at`,
    );
    return rows.map(({ at }) => at.toISOString().slice(11, 16));
  };
  const span = {
    from: new Date('2026-11-20T08:00:00Z'),
    to: new Date('2026-11-20T10:00:00Z'),
  };

  it('takes what was delivered or given up from the first time until before the last', async () => {
    await insert('delivered', '2026-11-20T07:59:59.999Z');
    await insert('delivered', '2026-11-20T08:00:00Z');
    await insert('dead', '2026-11-20T09:30:00Z');
    await insert('dead', '2026-11-20T10:00:00Z');
    await insert('waiting', '2026-11-20T09:00:00Z');

    const counted = await countReplay(store().database, span);

    expect(counted).to.deep.equal({ delivered: 1, dead: 1 });
    expect(await waiting()).to.deep.equal([]);
    expect(await replay(store().database, span)).to.deep.equal(counted);
    expect(await waiting()).to.deep.equal(['08:00', '09:30']);
  });

  it('takes only forwards with an event of the kind', async () => {
    await insert('delivered', '2026-11-20T08:30:00Z', 'statuses');
    await insert('delivered', '2026-11-20T09:30:00Z', 'messages');

    await replay(store().database, { ...span, kind: 'messages' });

    expect(await waiting()).to.deep.equal(['09:30']);
  });

  it('takes each once when there are thousands of the same time', async () => {
    await insert('delivered', '2026-11-20T08:30:00Z', 'messages', 2500);

    const replayed = await replay(store().database, span);

    expect(replayed).to.deep.equal({ delivered: 2500, dead: 0 });
    expect(await waiting()).to.have.length(2500);
  });
});
