import { expect } from 'chai';
import { createOutbox } from '../../src/forward/outbox';
import type { Claim, AttemptResult } from '../../src/forward/outbox';
import { arrival } from '../support/arrivals';
import { textWebhook } from '../support/payloads';
import { describeStores } from '../support/stores';
import { until } from '../support/waiting';

const FORWARDS = 'whatsapp_gateway.forwards';
const LEASE = 60_000;

describeStores('createOutbox', store => {
  const open = (route = 'default', lease = LEASE) =>
    createOutbox(store().database, { route, lease });

  const save = (count: number, from?: string) =>
    store().write(
      Array.from({ length: count }, (_, i) =>
        arrival(textWebhook(`${i}`, from ? { from } : {}), {
          order: from ? 'person' : 'none',
        }),
      ),
    );

  const change = (set: string) =>
    store().database.query(`UPDATE ${FORWARDS} SET ${set}`);

  const rows = () =>
    store().database.query<{ state: string; attempts: number }>(
      `SELECT state, attempts FROM ${FORWARDS} ORDER BY seq`,
    );

  const result = ({ id, lease }: Claim, more: Partial<AttemptResult> = {}) => ({
    ...{ id, lease, state: 'delivered' as const, tries: 0, delay: 0 },
    ...{ duration_ms: 1, code: null, status: 200 },
    ...{ content_type: null, work_order_id: null },
    ...more,
  });

  const isOrdered = (claims: Claim[]) =>
    claims.every(({ seq }, i) => i === 0 || seq > claims[i - 1]!.seq);

  it('gives the oldest first, each once', async () => {
    await save(60);

    const taken = [...(await open().claim(40)), ...(await open().claim(40))];

    expect(new Set(taken.map(({ id }) => id)).size).to.equal(60);
    expect(isOrdered(taken)).to.equal(true);
  });

  it('looks only now and then where there was nothing, but at once for what is new', async () => {
    const poll = 3_600_000;
    const outbox = createOutbox(store().database, {
      ...{ route: 'default', lease: LEASE, poll },
    });
    expect(await outbox.claim(10)).to.deep.equal([]);

    await save(1);
    const [first] = await outbox.claim(10);
    await save(1);
    await change(`tries = 1, due_at = now() WHERE leased_by IS NULL`);

    expect(first).to.include({ tries: 0 });
    expect(await outbox.claim(10)).to.deep.equal([]);
    const [retried] = await open().claim(10);
    expect(retried).to.include({ tries: 1 });
  });

  it('gives nothing twice, also to several that take at once', async () => {
    await save(60);

    const taken = await Promise.all([1, 2, 3, 4].map(() => open().claim(20)));

    const ids = taken.flat().map(({ id }) => id);
    expect(new Set(ids).size).to.equal(ids.length);
  });

  it('gives nothing of another route', async () => {
    await save(1);

    expect(await open('other').claim(1)).to.deep.equal([]);
  });

  it('gives again what was put back, and what somebody had whose lease has ended', async () => {
    await save(2);
    const outbox = open();
    const taken = await outbox.claim(2);

    expect(await outbox.claim(2)).to.have.length(0);
    await outbox.release(taken.slice(0, 1));
    expect(await outbox.claim(2)).to.have.length(1);
    await change(`leased_until = now() - interval '1 second'`);
    expect(await outbox.claim(2)).to.have.length(2);
  });

  it('gives what was taken before the clock was set back an hour', async () => {
    await save(1);
    await open().claim(1);

    await change(`leased_until = leased_until + interval '1 hour'`);

    expect(await open().claim(1)).to.have.length(1);
  });

  it('keeps what is renewed, and says what is not ours any more', async () => {
    await save(2);
    const outbox = open('default', 2_000);
    const [lost, kept] = (await outbox.claim(2)) as [Claim, Claim];
    await store().database.query(
      `UPDATE ${FORWARDS} SET leased_by = gen_random_uuid() WHERE id = $1`,
      [lost.id],
    );

    expect(await outbox.renew([lost, kept])).to.deep.equal(new Set([kept.id]));
  });

  it('notes nothing of a forward whose lease was lost', async () => {
    await save(1);
    const outbox = open();
    const [late] = (await outbox.claim(1)) as [Claim];
    await change('leased_until = now()');
    const [ours] = (await outbox.claim(1)) as [Claim];

    await outbox.record([result(late)]);
    expect(await rows()).to.deep.equal([{ state: 'waiting', attempts: 0 }]);
    await outbox.record([result(ours)]);

    expect(await rows()).to.deep.equal([{ state: 'delivered', attempts: 1 }]);
  });

  it('gives what failed when it is due, and not before', async () => {
    await save(1);
    const outbox = open();
    const [first] = (await outbox.claim(1)) as [Claim];
    const failure = { state: 'waiting' as const, tries: 1, code: 'HTTP_500' };

    await outbox.record([result(first, { ...failure, delay: 3600 })]);
    expect(await outbox.claim(1)).to.deep.equal([]);
    await change(`due_at = now()`);

    const [again] = await until(
      async () => (await outbox.claim(1)) as [Claim] | [],
      'being due',
    );
    expect(again).to.include({ id: first.id, tries: 1, attempts: 1 });
  });

  it('gives few of those that failed at a time', async () => {
    await save(100);
    await change('tries = 1');
    await save(100);

    const taken = await open().claim(50);

    expect(taken.filter(({ tries }) => tries > 0)).to.have.length(5);
    expect(taken).to.have.length(50);
  });

  it('keeps the last 50 attempts', async () => {
    await save(1);
    await change('attempts = 49');
    const outbox = open();
    for (let i = 0; i < 3; i++) {
      const [claim] = (await outbox.claim(1)) as [Claim];
      await outbox.record([result(claim, { state: 'waiting' })]);
      await store().database.query(
        `INSERT INTO whatsapp_gateway.attempts (forward_id, number, duration_ms)
         SELECT $1, number, 1 FROM generate_series(1, 49) AS number WHERE $2`,
        [claim.id, i === 0],
      );
    }

    const [{ first, count } = {}] = await store().database.query<
      Record<string, number>
    >(
      `SELECT min(number) AS first, count(*)::int AS count
       FROM whatsapp_gateway.attempts`,
    );
    expect({ first, count }).to.deep.equal({ first: 3, count: 50 });
  });

  it('loads what is large when its turn comes', async () => {
    const text = 'x'.repeat(100_000);
    await store().write([arrival(textWebhook(text))]);
    const outbox = open();

    const [claim] = (await outbox.claim(1)) as [Claim];

    expect(claim.body).to.equal(null);
    expect(await outbox.loadBody(claim)).to.include(text);
  });

  it('gives one of a person at a time, and goes round all persons', async () => {
    const persons = ['1', '2', '3', '4', '5'].map(i => `25470000000${i}`);
    for (const person of persons) await save(3, person);
    const outbox = open();

    const first = await outbox.claim(4);
    const second = await outbox.claim(4);
    const third = await outbox.claim(10);

    const taken = [...first, ...second, ...third].map(({ person }) => person);
    expect(taken.sort()).to.deep.equal(persons);
    await outbox.record(first.map(claim => result(claim)));
    const next = await outbox.claim(10);
    expect(next.map(({ person }) => person).sort()).to.deep.equal(
      first.map(({ person }) => person).sort(),
    );
  });

  it('reads neither what was delivered nor all that waits', async () => {
    await save(2000);
    await change(`state = 'delivered'`);
    await save(2000);
    await store().database.query(`ANALYZE ${FORWARDS}`);

    const plan = await store().database.query(
      `EXPLAIN SELECT id FROM ${FORWARDS} f
       WHERE route = 'default' AND state = 'waiting' AND person IS NULL AND tries = 0
       ORDER BY seq, id LIMIT 50 FOR UPDATE SKIP LOCKED`,
    );

    const text = JSON.stringify(plan);
    expect(text).to.include('forwards_new').and.not.include('Sort');
  });
});
