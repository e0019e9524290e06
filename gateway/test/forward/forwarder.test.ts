import { expect } from 'chai';
import type { Alert } from '../../src/alerts/catalog';
import { logAlerts } from '../../src/alerts/alerter';
import type { Deliver } from '../../src/forward/deliver';
import { countBacklog } from '../../src/forward/backlog';
import {
  listDeadLetters,
  retryDeadLetter,
} from '../../src/forward/dead-letters';
import { Forwarder } from '../../src/forward/forwarder';
import { createOutbox } from '../../src/forward/outbox';
import type { Outcome } from '../../src/forward/outcome';
import { DEFAULT_TIMING } from '../../src/forward/timing';
import { nextId } from '../../src/core/ids';
import { createLogger } from '../../src/core/logger';
import type { Database } from '../../src/database/database';
import { createMetrics } from '../../src/core/metrics';
import { arrival } from '../support/arrivals';
import { textWebhook } from '../support/payloads';
import { describeStores } from '../support/stores';
import { sleep, until } from '../support/waiting';

const FAST = {
  ...DEFAULT_TIMING,
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

const partsOf = (database: Database, deliver: Deliver) => ({
  destination: {
    ...{ name: 'default', concurrency: 1, giveUpAfter: 3_600_000 },
    hourlyBudget: null,
  },
  alerts: logAlerts(createLogger('silent')),
  outbox: createOutbox(database, { route: 'default', lease: FAST.lease }),
  deliver,
  timing: FAST,
  log: createLogger('silent'),
  metrics: createMetrics(),
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
      ...partsOf(store().database, send),
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

  const waiting = async () => {
    const [backlog] = await countBacklog(store().database);
    return backlog?.waiting ?? 0;
  };
  const isEmpty = async () => (await waiting()) === 0;

  it('forwards everything once, oldest first', async () => {
    const texts = letters(120);
    await save(...texts);

    const { tried } = start(() => DELIVERED);

    await until(isEmpty, 'forwarding');
    expect(tried).to.deep.equal(texts);
  });

  it('is woken by what is stored', async () => {
    const { delivered } = start(() => DELIVERED, {
      timing: { ...FAST, poll: 60_000 },
    });
    await sleep(50);

    await save('Hello');
    forwarder?.wake();

    await until(() => delivered.length === 1, 'forwarding');
  });

  it('raises an alert when OpenFn is down for long, and when it is back', async () => {
    const alerts: string[] = [];
    const note = (kind: string) => (code: string, subject: string) =>
      alerts.push(`${kind} ${code} of ${subject}`);
    let isDown = true;
    const { delivered } = start(() => (isDown ? failed(503) : DELIVERED), {
      timing: { ...FAST, alertAfter: 50 },
      alerts: {
        raise: ({ code, subject }: Alert) => note('raise')(code, subject),
        resolve: note('resolve'),
      },
    });
    await save(...letters(3));
    forwarder?.wake();
    await until(() => alerts.length === 1, 'the alert');

    isDown = false;
    await until(() => delivered.length === 3, 'forwarding');

    expect(alerts).to.deep.equal([
      'raise DESTINATION_DOWN of default',
      'resolve DESTINATION_DOWN of default',
    ]);
  });

  it('raises an alert for what is given up', async () => {
    const raised: Alert[] = [];
    const { delivered } = start(
      text => (text === 'text 0' ? failed(422) : DELIVERED),
      {
        destination: { name: 'default', concurrency: 1, giveUpAfter: 50 },
        alerts: {
          raise: (alert: Alert) => raised.push(alert),
          resolve: () => undefined,
        },
      },
    );
    await save(...letters(3));
    forwarder?.wake();

    await until(() => raised.length === 1, 'the alert');

    expect(delivered).to.have.length(2);
    expect(raised).to.deep.equal([
      {
        code: 'DEAD_LETTERS',
        subject: 'default',
        details: { code: 'HTTP_422' },
      },
    ]);
  });

  it('goes on with everything after an outage', async () => {
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
  });

  it('does not let one body that OpenFn refuses hold up the others', async () => {
    await save('bad', 'good');
    const { delivered } = start(
      text => (text === 'bad' ? failed(413) : DELIVERED),
      {
        timing: { ...FAST, firstDelay: 60_000 },
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

  it('lets many that always fail not hold up the others', async () => {
    const bad = letters(20).map(text => `bad ${text}`);
    await save(...bad, ...letters(200));
    const { tried, delivered } = start(text =>
      text.startsWith('bad') ? failed(500) : DELIVERED,
    );

    await until(() => delivered.length === 200, 'forwarding');

    // Before the last good one passes, the bad ones are tried a few times each.
    expect(tried.length).to.be.below(600);
  });

  it('gives up a message that fails while others pass, keeps it, and tries it again when asked', async () => {
    await save('bad', ...letters(3));
    let isBad = true;
    const { delivered } = start(
      text => (text === 'bad' && isBad ? failed(404) : DELIVERED),
      { destination: { concurrency: 1, giveUpAfter: 0 } },
    );
    const { database } = store();

    const dead = await until(async () => {
      const { data } = await listDeadLetters(database, { limit: 10 });
      return data[0];
    }, 'giving up');

    expect(dead).to.deep.include({ attempts: 1, events: { messages: 1 } });
    expect(dead.lastError).to.include({ code: 'HTTP_404', statusCode: 404 });
    isBad = false;
    expect(await retryDeadLetter(database, dead.id)).to.equal('waiting');
    await until(() => delivered.includes('bad'), 'forwarding');
    expect(await retryDeadLetter(database, dead.id)).to.equal('not dead');
    expect(await retryDeadLetter(database, nextId())).to.equal('unknown');
  });

  it('gives up nothing while the destination is down, however long', async () => {
    await save(...letters(10));
    const hour = 3_600_000;
    let isAway = true;
    const { tried, delivered } = start(
      () => (isAway ? failed(503) : DELIVERED),
      {
        destination: { concurrency: 1, giveUpAfter: hour },
        // Five failures of a message would be an hour.
        timing: { ...FAST, longestPause: 1 },
      },
    );
    await until(() => tried.length > 100, 'trying');

    isAway = false;

    await until(() => delivered.length === 10, 'forwarding');
    expect(
      (await listDeadLetters(store().database, { limit: 10 })).data,
    ).to.have.length(0);
  });

  it('probes a destination that is down with the least tried message', async () => {
    await save(...letters(10));
    const { tried } = start(() => failed(503), {
      timing: { ...FAST, longestPause: 1, firstDelay: 60_000 },
    });

    await until(() => tried.length >= 20, 'trying');

    const counts = letters(10).map(
      text => tried.slice(0, 20).filter(one => one === text).length,
    );
    expect(counts).to.deep.equal(Array.from({ length: 10 }, () => 2));
  });

  for (const order of ['none', 'person']) {
    it(`passes many refused messages in a row soon, order ${order}`, async () => {
      const texts = letters(500);
      await save(...texts);
      if (order === 'person') {
        await store().database.query(
          'UPDATE whatsapp_gateway.forwards SET person = lpad(seq::text, 9)',
        );
      }
      const isRefused = (text: string) => texts.indexOf(text) < 40;
      const { tried, delivered } = start(
        text => (isRefused(text) ? failed(500) : DELIVERED),
        {
          timing: { ...DEFAULT_TIMING, gather: 0, poll: 20, longestPause: 20 },
        },
      );

      await until(() => delivered.length >= 1, 'forwarding');

      // The sixth failure in a row begins to look for one that passes.
      expect(tried.length).to.be.below(20);
      await until(() => delivered.length === 460, 'forwarding');
    });
  }

  it('sends what it lost its lease of while the process stood still', async () => {
    const lease = 2_000;
    await save(...letters(10));
    let isFirst = true;
    const block = () => {
      const end = performance.now() + 2 * lease;
      while (isFirst && performance.now() < end);
      isFirst = false;
      return DELIVERED;
    };
    const outbox = createOutbox(store().database, { route: 'default', lease });
    const { delivered } = start(block, { outbox, timing: { ...FAST, lease } });

    await until(isEmpty, 'forwarding');

    expect(new Set(delivered)).to.deep.equal(new Set(letters(10)));
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
      { destination: { concurrency: 4, giveUpAfter: 1 } },
    );

    await until(isEmpty, 'forwarding');
    expect(most).to.equal(4);
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
      const rows = await store().database.query(
        'SELECT id FROM whatsapp_gateway.forwards WHERE leased_by IS NOT NULL',
      );
      return rows.length === 5;
    }, 'taking');

    const stopped = forwarder?.stop();
    finish!();
    await stopped;

    expect(delivered).to.deep.equal(['text 0']);
    const outbox = createOutbox(store().database, {
      ...{ route: 'default', lease: FAST.lease },
    });
    expect(await outbox.claim(10)).to.have.length(4);
  });

  it('keeps each attempt, and what came of it', async () => {
    await save('Hello');
    const outcomes: Outcome[] = [
      { ...failed(404), contentType: 'text/html' } as Outcome,
      { isDelivered: true, statusCode: 200, workOrderId: 'b7a1' },
    ];
    start(() => outcomes.shift() ?? DELIVERED);

    await until(isEmpty, 'forwarding');
    const attempts = await store().database.query(
      `SELECT number, code, status, content_type, work_order_id
       FROM whatsapp_gateway.events
       JOIN whatsapp_gateway.event_forwards ON event_id = events.id
       JOIN whatsapp_gateway.attempts USING (forward_id) ORDER BY number`,
    );
    expect(attempts).to.deep.equal([
      {
        ...{ number: 1, code: 'HTTP_404', status: 404 },
        ...{ content_type: 'text/html', work_order_id: null },
      },
      {
        ...{ number: 2, code: null, status: 200 },
        ...{ content_type: null, work_order_id: 'b7a1' },
      },
    ]);
  });

  describe('with the messages of a person in order', () => {
    const people = ['254700000001', '254700000002', '254700000003'];

    const saveNumbered = (count: number) =>
      store().write(
        Array.from({ length: count }, (_, i) => i).flatMap(i =>
          people.map(from =>
            arrival(textWebhook(`${from} ${i}`, { from }), { order: 'person' }),
          ),
        ),
      );

    const of = (person: string, texts: string[]) =>
      texts.filter(text => text.startsWith(person));

    it('sends the next only when the one before is delivered', async () => {
      await saveNumbered(10);
      const onTheWay = new Set<string>();
      let overtaken = 0;
      const { delivered } = start(
        async text => {
          const person = text.slice(0, 12);
          if (onTheWay.has(person)) overtaken += 1;
          onTheWay.add(person);
          await sleep(1);
          onTheWay.delete(person);
          return text.endsWith('3') && Math.random() < 0.5
            ? failed(500)
            : DELIVERED;
        },
        { destination: { concurrency: 8, giveUpAfter: 3_600_000 } },
      );

      await until(() => delivered.length === 30, 'forwarding');

      expect(overtaken).to.equal(0);
      for (const person of people) {
        expect(of(person, delivered)).to.deep.equal(
          Array.from({ length: 10 }, (_, i) => `${person} ${i}`),
        );
      }
    });

    it('holds up nobody else when one fails', async () => {
      await saveNumbered(5);
      const [bad = '', ...others] = people;
      const { delivered } = start(text =>
        text.startsWith(bad) ? failed(500) : DELIVERED,
      );

      await until(() => delivered.length === 10, 'forwarding');

      for (const person of others) {
        expect(of(person, delivered)).to.have.length(5);
      }
    });
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
    let isAway = true;
    let deliveries = 0;
    const parts = partsOf(store().database, () => {
      deliveries += 1;
      return Promise.resolve(DELIVERED);
    });
    const { record } = parts.outbox;
    parts.outbox.record = results =>
      isAway ? Promise.reject(new Error('away')) : record(results);
    const forwarder = new Forwarder(parts);
    await store().write([arrival(textWebhook('Hello'))]);
    forwarder.start();
    await until(() => deliveries === 1, 'delivering');

    isAway = false;

    await until(
      async () => (await countBacklog(store().database)).length === 0,
      'noting',
    );
    await forwarder.stop();
    expect(deliveries).to.equal(1);
  });

  it('goes on when the database is back', async () => {
    let isAway = true;
    let refused = 0;
    const deliveries: string[] = [];
    const parts = partsOf(store().database, (_, id) => {
      deliveries.push(id);
      return Promise.resolve(DELIVERED);
    });
    const { claim } = parts.outbox;
    parts.outbox.claim = count => {
      if (!isAway) return claim(count);
      refused += 1;
      return Promise.reject(new Error('away'));
    };
    const forwarder = new Forwarder(parts);
    await store().write(['a', 'b'].map(text => arrival(textWebhook(text))));
    forwarder.start();
    await until(() => refused >= 2, 'failing');

    isAway = false;

    await until(() => deliveries.length === 2, 'delivering');
    await forwarder.stop();
  });
});
