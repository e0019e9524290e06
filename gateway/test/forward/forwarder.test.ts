import { expect } from 'chai';
import type { Deliver } from '../../src/forward/deliver';
import { listDead, retryDead } from '../../src/forward/dead';
import { Forwarder } from '../../src/forward/forwarder';
import { createOutbox } from '../../src/forward/outbox';
import type { Outcome } from '../../src/forward/outcome';
import { PACE } from '../../src/forward/pace';
import { createLogger } from '../../src/logger';
import { createMetrics } from '../../src/metrics';
import { arrival } from '../support/arrivals';
import { textWebhook } from '../support/payloads';
import { describeStores } from '../support/stores';
import { sleep, until } from '../support/waiting';

const FAST = {
  ...PACE,
  firstDelay: 20,
  longestDelay: 500,
  longestPause: 100,
  poll: 20,
};
const DELIVERED: Outcome = { isDelivered: true };
const failed = (statusCode: number): Outcome => ({
  isDelivered: false,
  code: `HTTP_${statusCode}`,
  statusCode,
});

describeStores('Forwarder', store => {
  let forwarder: Forwarder | undefined;

  afterEach(() => forwarder?.stop());

  /** Starts one whose OpenFn is a function. */
  function start(
    deliver: (text: string) => Outcome | Promise<Outcome>,
    more = {},
  ) {
    const tried: string[] = [];
    const delivered: string[] = [];
    const send: Deliver = async body => {
      const text = textOf(body);
      tried.push(text);
      const outcome = await deliver(text);
      if (outcome.isDelivered) delivered.push(text);
      return outcome;
    };
    forwarder = new Forwarder({
      queue: store().queue,
      outbox: createOutbox(store().database, store().queue),
      deliver: send,
      concurrency: 1,
      leave: { work: 20_000, hold: 40_000 },
      pace: FAST,
      log: createLogger('silent'),
      metrics: createMetrics(),
      ...more,
    });
    forwarder.start();
    return { tried, delivered };
  }

  const textOf = (body: string) =>
    (/"body":"([^"]*)"/.exec(body) ?? [])[1] ?? '';

  const save = (...texts: string[]) =>
    store().write(texts.map(text => arrival(textWebhook(text))));

  const letters = (count: number) =>
    Array.from({ length: count }, (_, i) => `text ${i}`);

  const isEmpty = async () => {
    const rows = await store().database.query(
      `SELECT id FROM whatsapp_gateway.forwards
       UNION ALL SELECT id FROM whatsapp_gateway_queue.job`,
    );
    return rows.length === 0;
  };

  it('forwards everything once, oldest first, and keeps nothing of it', async () => {
    const texts = letters(120);
    await save(...texts);

    const { tried } = start(() => DELIVERED);

    await until(isEmpty, 'forwarding');
    expect(tried).to.deep.equal(texts);
  });

  it('is woken by what is stored', async () => {
    const { delivered } = start(() => DELIVERED, {
      pace: { ...FAST, poll: 60_000 },
    });
    await sleep(50);

    await save('Hello');
    forwarder?.wake();

    await until(() => delivered.length === 1, 'forwarding');
  });

  it('goes on in the old order after an outage', async () => {
    const texts = letters(10);
    await save(...texts);
    let isAway = true;
    const { tried, delivered } = start(() =>
      isAway ? failed(503) : DELIVERED,
    );
    await until(() => tried.length >= 6, 'trying');

    isAway = false;

    await until(isEmpty, 'forwarding');
    expect([...delivered].sort()).to.deep.equal([...texts].sort());
    expect(delivered.slice(1)).to.deep.equal([...delivered.slice(1)].sort());
  });

  it('does not let one body that OpenFn refuses hold up the others', async () => {
    await save('bad', 'good');
    const { delivered } = start(
      text => (text === 'bad' ? failed(413) : DELIVERED),
      {
        pace: { ...FAST, firstDelay: 60_000 },
      },
    );

    await until(() => delivered.length === 1, 'forwarding');

    expect(delivered).to.deep.equal(['good']);
  });

  it('does not let one that always fails hold up the others for long', async () => {
    await save('bad', ...letters(5));
    const { delivered } = start(text =>
      text === 'bad' ? failed(500) : DELIVERED,
    );

    await until(() => delivered.length === 5, 'forwarding');

    expect(delivered).to.deep.equal(letters(5));
  });

  it('tries one that always fails less and less often', async () => {
    await save('bad', ...letters(20));
    const pace = { ...FAST, firstDelay: 50, longestDelay: 60_000 };
    const times: number[] = [];
    const { delivered } = start(
      text => {
        if (text !== 'bad') return DELIVERED;
        times.push(Date.now());
        return failed(500);
      },
      { pace },
    );
    await until(() => delivered.length === 20, 'forwarding');
    await until(() => times.length === 8, 'trying');

    // 50, 100, ..., 3200 milliseconds, of which at most three waits, the longest here, are cut short.
    const took = times[7]! - times[0]!;
    expect(took).to.be.at.least(50 + 100 + 200 + 400 - 10);
  });

  it('sends several at once when told to', async () => {
    await save(...letters(20));
    let now = 0;
    let most = 0;
    start(
      async () => {
        most = Math.max(most, ++now);
        await until(() => most >= 4, 'sending four at once');
        now -= 1;
        return DELIVERED;
      },
      { concurrency: 4 },
    );

    await until(isEmpty, 'forwarding');
    expect(most).to.equal(4);
  });

  it('gives up after its time, keeps the dead, and tries them again when asked', async () => {
    await save('late');
    const { database, queue } = store();
    await database.query(
      'UPDATE whatsapp_gateway.forwards SET give_up_at = now()',
    );
    let isAway = true;
    const { delivered } = start(() => (isAway ? failed(404) : DELIVERED));

    const dead = await until(async () => {
      const { data } = await listDead(database, { limit: 10 });
      return data[0];
    }, 'giving up');

    expect(dead).to.deep.include({ attempts: 1, events: { messages: 1 } });
    expect(dead.lastError).to.include({ code: 'HTTP_404', statusCode: 404 });
    expect(delivered).to.deep.equal([]);

    isAway = false;
    expect(await retryDead(database, queue, dead.id, 3600)).to.equal('waiting');
    expect(await retryDead(database, queue, dead.id, 3600)).to.equal(
      'not dead',
    );
    await until(isEmpty, 'forwarding');
    expect(await retryDead(database, queue, dead.id, 3600)).to.equal('unknown');
  });

  it('gives up all whose time ended in an outage, not one a pause', async () => {
    await save(...letters(50));
    const { database } = store();
    await database.query(
      'UPDATE whatsapp_gateway.forwards SET give_up_at = now()',
    );

    start(() => failed(503));

    await until(async () => {
      const { data } = await listDead(database, { limit: 100 });
      return data.length === 50;
    }, 'giving up');
  });

  it('finishes what is on the way when it is stopped, and puts back the rest', async () => {
    await save(...letters(5));
    let finish: () => void;
    const finished = new Promise<void>(resolve => (finish = resolve));
    const { delivered } = start(async () => {
      await finished;
      return DELIVERED;
    });
    await until(async () => {
      const [row] = await store().database.query<{ active: number }>(
        `SELECT count(*)::int AS active FROM whatsapp_gateway_queue.job WHERE state = 'active'`,
      );
      return row?.active === 5;
    }, 'taking');

    const stopped = forwarder?.stop();
    finish!();
    await stopped;

    expect(delivered).to.deep.equal(['text 0']);
    await sleep(10);
    expect(await store().queue.take(10)).to.have.length(4);
  });

  it('forgets the job of what was deleted', async () => {
    await save('old');
    await store().database.query('DELETE FROM whatsapp_gateway.forwards');

    const { tried } = start(() => DELIVERED);

    await until(isEmpty, 'forgetting');
    expect(tried).to.deep.equal([]);
  });

  it('leaves what was given up where it is, also when its job is still there', async () => {
    await save('dead');
    const { database } = store();
    await database.query(
      `UPDATE whatsapp_gateway.forwards SET state = 'dead', died_at = now()`,
    );

    const { tried } = start(() => DELIVERED);

    await until(async () => {
      const jobs = await database.query(
        'SELECT id FROM whatsapp_gateway_queue.job',
      );
      return jobs.length === 0;
    }, 'forgetting');
    expect(tried).to.deep.equal([]);
    expect((await listDead(database, { limit: 10 })).data).to.have.length(1);
  });

  it('shares the work with another one, without a double forward', async () => {
    const texts = letters(150);
    await save(...texts);
    const one = start(() => DELIVERED);
    const first = forwarder;
    const two = start(() => DELIVERED);

    await until(isEmpty, 'forwarding');

    await first?.stop();
    expect([...one.tried, ...two.tried].sort()).to.deep.equal(
      [...texts].sort(),
    );
  });
});

describeStores('a database that fails', store => {
  it('makes no delivery twice: it is noted as soon as it can be', async () => {
    const { database, queue } = store();
    const outbox = createOutbox(database, queue);
    let isAway = true;
    const shaky = {
      ...outbox,
      delivered: (ids: string[]) =>
        isAway ? Promise.reject(new Error('away')) : outbox.delivered(ids),
    };
    let deliveries = 0;
    const forwarder = new Forwarder({
      queue,
      outbox: shaky,
      deliver: () => {
        deliveries += 1;
        return Promise.resolve(DELIVERED);
      },
      concurrency: 1,
      leave: { work: 20_000, hold: 40_000 },
      pace: FAST,
      log: createLogger('silent'),
      metrics: createMetrics(),
    });
    await store().write([arrival(textWebhook('Hello'))]);
    forwarder.start();
    await until(() => deliveries === 1, 'delivering');

    isAway = false;

    await until(async () => {
      const rows = await database.query(
        'SELECT id FROM whatsapp_gateway.forwards',
      );
      return rows.length === 0;
    }, 'noting');
    await forwarder.stop();
    expect(deliveries).to.equal(1);
  });

  it('returns what it took when the database is back, long before the lease ends', async () => {
    const { database, queue } = store();
    const outbox = createOutbox(database, queue);
    let isAway = true;
    let refused = 0;
    const away = () => {
      refused += 1;
      return Promise.reject(new Error('away'));
    };
    const deliveries: string[] = [];
    const forwarder = new Forwarder({
      queue,
      outbox: {
        ...outbox,
        load: id => (isAway ? away() : outbox.load(id)),
        putBack: ids => (isAway ? away() : outbox.putBack(ids)),
      },
      deliver: (_, id) => {
        deliveries.push(id);
        return Promise.resolve(DELIVERED);
      },
      concurrency: 1,
      leave: { work: 20_000, hold: 40_000 },
      pace: FAST,
      log: createLogger('silent'),
      metrics: createMetrics(),
    });
    await store().write(['a', 'b'].map(text => arrival(textWebhook(text))));
    forwarder.start();
    await until(() => refused >= 2, 'failing');

    isAway = false;

    // The lease is a minute.
    await until(() => deliveries.length === 2, 'delivering', 45_000);
    await forwarder.stop();
  });
});
