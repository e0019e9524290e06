import { connect } from '../../src/core/client';
import type { WireResponse } from '../../src/graph/wire';
import { FairQueue } from '../../src/broadcast/pacing/recipients';
import { sendRequest } from '../../src/graph/send-request';
import { expect } from 'chai';
import { createClock } from '../../src/broadcast/pacing/clock';
import type { Clock } from '../../src/broadcast/pacing/clock';
import { createRunState } from '../../src/broadcast/run-state';
import type { Entry } from '../../src/broadcast/run-state';
import { createKeys } from '../../src/broadcast/item-key';
import type { Outcome } from '../../src/broadcast/outcome';
import { Pacer } from '../../src/broadcast/pacing/pacer';
import { createRateLimiters } from '../../src/broadcast/pacing/rate-limiter';
import { runAll } from '../../src/broadcast/run';
import type { ApiRequest, Runtime } from '../../src/graph/api-request';
import type { State } from '../../src/types';
import { fakeTimers } from './pacing/fake-timers';

type Work = { person: number; text: string };
type Send = { at: number; to: string; text: string };

const SETTINGS = { rate: 80, concurrency: 40, perRecipient: 6 };
const DEADLINE = 60_000;
const ANSWER_TIME = 100;
/** At 80 a second 200 people take 2.5 s. */
const FEW_SECONDS = 4000;

const phoneOf = (person: number) => `1555${String(1000000 + person)}`;
const client = connect({
  baseUrl: 'https://graph.facebook.com',
  apiToken: 'token',
  phoneNumberId: '1',
});

/** 10 people have 100 messages each and stand first; 190 have one. */
const WORST: Work[] = [
  ...Array.from({ length: 1000 }, (_, index) => ({
    person: Math.floor(index / 100),
    text: `Message ${index}`,
  })),
  ...Array.from({ length: 190 }, (_, index) => ({
    person: 10 + index,
    text: 'The only one',
  })),
];
const IN_TURNS = WORST.map((work, index) =>
  index < 1000 ? { ...work, person: index % 10 } : work,
);

const answer = (statusCode: number, body: object): WireResponse => ({
  statusCode,
  statusText: '',
  headers: {},
  body: Buffer.from(JSON.stringify(body)),
});

const message = (to: string, text: string): ApiRequest => ({
  method: 'POST',
  parts: ['1', 'messages'],
  body: { to, type: 'text', text: { body: text } },
});
const upload: ApiRequest = {
  method: 'POST',
  parts: ['1', 'media'],
  body: 'bytes',
};

/** A server that answers after a while, with what it got and when. */
function createServer(clock: Clock, refuses: (path: string) => boolean) {
  const sends: Send[] = [];
  let underWay = 0;
  let mostUnderWay = 0;
  const runtime: Runtime = {
    transport: async ({ limiter, path, body }) => {
      await limiter?.take();
      limiter?.begin();
      mostUnderWay = Math.max(mostUnderWay, ++underWay);
      const at = clock.now();
      const isRefused = refuses(path);
      if (limiter !== undefined && !isRefused) {
        const { to, text } = JSON.parse(String(body)) as {
          to: string;
          text: { body: string };
        };
        sends.push({ at, to, text: text.body });
      }
      await clock.sleep(ANSWER_TIME);
      underWay--;
      return isRefused
        ? answer(503, { error: { code: 2, message: 'Try again' } })
        : answer(200, { id: '9', messages: [{ id: `wamid.${at}` }] });
    },
    sleep: clock.sleep,
    random: () => 0.5,
    now: clock.now,
  };
  return { runtime, sends, most: () => mostUnderWay };
}

type Make = (work: Work) => unknown;
type Operate = (runtime: Runtime, item: never) => Promise<unknown>;

const sendTo = (runtime: Runtime, to: string, text: string) =>
  sendRequest(client, message(to, text), runtime);

async function run(
  works: Work[],
  make: Make,
  operate: Operate,
  refuses: (path: string) => boolean = () => false,
  settings = SETTINGS,
) {
  const { timers, pass } = fakeTimers();
  const clock = createClock(timers);
  const items = works.map(make);
  const run = createRunState(
    {
      clock,
      pacer: new Pacer(clock, settings, createRateLimiters(clock.now)),
      keys: createKeys(new Set()),
      queue: new FairQueue<Entry>(items),
      isDry: false,
    },
    DEADLINE,
  );
  const server = createServer(clock, refuses);
  const outcomes: Outcome[] = [];
  const all = runAll(
    { stateOf: data => ({ data }) },
    items,
    async (state: State) => {
      await operate(server.runtime, state.data as never);
      return state;
    },
    run,
    settings as never,
    (index, outcome) => (outcomes[index] ??= outcome),
  );
  await pass();
  await all;
  return { ...server, outcomes };
}

function firstTimes(sends: Send[]): Map<string, number> {
  const first = new Map<string, number>();
  for (const { to, at } of sends) if (!first.has(to)) first.set(to, at);
  return first;
}

function expectFair(
  { sends, outcomes }: { sends: Send[]; outcomes: Outcome[] },
  works: Work[],
  within = FEW_SECONDS,
) {
  const first = [...firstTimes(sends).values()];
  expect(first).to.have.length(200);
  expect(Math.max(...first)).to.be.at.most(within);
  expectSpaced(sends);
  for (const { at } of sends) expect(at).to.be.at.most(DEADLINE);
  const count = (kind: Outcome['kind']) =>
    outcomes.filter(outcome => outcome.kind === kind).length;
  expect(count('sent')).to.equal(sends.length);
  expect(count('held')).to.equal(works.length - sends.length);
}

function expectSpaced(sends: Send[]) {
  const last = new Map<string, number>();
  for (const { to, at } of sends) {
    expect(at - (last.get(to) ?? -Infinity)).to.be.at.least(6000);
    last.set(to, at);
  }
}

describe('a broadcast in which a few people have many messages', () => {
  const flat: Make = ({ person, text }) => ({ phone: phoneOf(person), text });
  const sendFlat = (
    runtime: Runtime,
    { phone, text }: { phone: string; text: string },
  ) => sendTo(runtime, phone, text);

  for (const [order, works] of [
    ['one person after the other', WORST],
    ['in turns', IN_TURNS],
  ] as const) {
    it(`reaches everybody first, with the many in front ${order}`, async () => {
      const result = await run(works, flat, sendFlat);

      expectFair(result, works);
    });

    it(`also when only the operation knows the recipient, ${order}`, async () => {
      const result = await run(
        works,
        work => work,
        (runtime, { person, text }: Work) =>
          sendTo(runtime, phoneOf(person), text),
      );

      expectFair(result, works);
    });
  }

  it('also when the recipient is deep inside an item', async () => {
    const result = await run(
      WORST,
      ({ person, text }) => ({ to: [{ phone: phoneOf(person) }], text }),
      (runtime, { to, text }: { to: [{ phone: string }]; text: string }) =>
        sendTo(runtime, to[0].phone, text),
    );

    expectFair(result, WORST);
  });

  it('also when each item uploads something first', async () => {
    const result = await run(WORST, flat, async (runtime, item) => {
      await sendRequest(client, upload, runtime);
      await sendFlat(runtime, item);
    });

    expectFair(result, WORST);
  });

  it('also with one slot', async () => {
    const settings = { ...SETTINGS, concurrency: 1 };

    const result = await run(WORST, flat, sendFlat, () => false, settings);

    // Each of 200 answers takes 100 ms; the many take their next turns meanwhile.
    expectFair(result, WORST, 30_000);
  });

  it('keeps the order of the messages to one person', async () => {
    const { sends } = await run(WORST, flat, sendFlat);

    const numbers = new Map<string, number>();
    for (const { to, text } of sends) {
      const number = Number(text.replace(/\D/g, ''));
      expect(number).to.be.at.least(numbers.get(to) ?? 0);
      numbers.set(to, number);
    }
  });

  it('runs no operation a second time', async () => {
    const ran = new Map<string, number>();
    await run(WORST, flat, (runtime, item: { phone: string; text: string }) => {
      const name = JSON.stringify(item);
      ran.set(name, (ran.get(name) ?? 0) + 1);
      return sendFlat(runtime, item);
    });

    expect(Math.max(...ran.values())).to.equal(1);
  });
});

describe('a broadcast whose uploads are tried again', () => {
  const few = WORST.slice(1000, 1100);
  const make: Make = work => work;
  /** Refuses each of the first so many uploads. */
  const refusing = (count: number) => {
    let left = count;
    return (path: string) => path.includes('/media') && left-- > 0;
  };
  const retried: ApiRequest = { ...upload, isIdempotent: true };

  it('lets others go while they wait', async () => {
    const settings = { ...SETTINGS, concurrency: 1 };
    const { sends } = await run(
      few,
      make,
      async (runtime, { person, text }: Work) => {
        if (person === 10) await sendRequest(client, retried, runtime);
        await sendTo(runtime, phoneOf(person), text);
      },
      refusing(1),
      settings,
    );

    expect(sends).to.have.length(100);
    expect(sends[0]!.to).not.to.equal(phoneOf(10));
  });

  it('lets an upload go on for which all others wait in their slots', async () => {
    let shared: Promise<unknown> | undefined;
    const { sends } = await run(
      few,
      make,
      async (runtime, { person, text }: Work) => {
        shared ??= sendRequest(client, retried, runtime);
        await shared;
        await sendTo(runtime, phoneOf(person), text);
      },
      refusing(2),
      { ...SETTINGS, concurrency: 3 },
    );

    expect(sends).to.have.length(100);
    expectSpaced(sends);
  });

  it('never has more than twice the concurrency under way', async () => {
    const { sends, most } = await run(
      few,
      make,
      async (runtime, { person, text }: Work) => {
        await sendRequest(client, retried, runtime);
        await sendTo(runtime, phoneOf(person), text);
      },
      refusing(20),
      { ...SETTINGS, concurrency: 5 },
    );

    expect(sends).to.have.length(100);
    expect(most()).to.be.at.most(11);
  });
});
