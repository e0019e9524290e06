import { runInNewContext } from 'node:vm';
import { combine, fn, fnIf, sendMessage } from '../../src/index';
import type { BroadcastResult, Operation, State } from '../../src/index';
import { listen, misbehavingServer } from './misbehaving-server';
import type { Delivery, Treatment } from './misbehaving-server';
import {
  CREDENTIAL,
  phoneOf,
  runBroadcast,
  sendOptions,
} from './fast-broadcast';

type Random = () => number;

const TREATMENTS: Treatment[] = [
  'fine',
  'fine',
  'fine',
  'slow',
  'too slow',
  'refused once',
  'refused for good',
  'broken after acceptance',
  'reset before acceptance',
  'reset after acceptance',
  'answered with nonsense',
];
/** One message in so many is refused with a Retry-After, for which all others wait too. */
const RARELY = 2500;

const bad = (): never => {
  throw new Error('cannot be read');
};
const circle = () => {
  const value: Record<string, unknown> = {};
  value['self'] = [value];
  return value;
};
const ODD: (() => unknown)[] = [
  () => Symbol('patient'),
  () => Object.defineProperty({}, 'phone', { get: bad, enumerable: true }),
  circle,
  () => Object.freeze(Object.assign(Object.create(null), { size: 7n })),
  () => 7n,
  () => null,
  () => undefined,
  () => new Proxy({}, { get: bad, ownKeys: bad, getPrototypeOf: bad }),
  () => runInNewContext('new Proxy({}, {})') as unknown,
];

type Way = (send: (part: string, padding?: number) => Operation) => Operation;

/** Starts operations, and waits for none. */
const unawaited = (...operations: Operation[]) =>
  fn((state: State) => {
    for (const operation of operations) void operation(state);
    return state;
  }) as Operation;

const both = (...operations: Operation[]) =>
  combine(...operations) as Operation;

/** What an item does; the last are rare. */
const WAYS: Record<string, Way> = {
  'one message': send => send('a'),
  'two messages': send => both(send('a'), send('b')),
  'not awaited': send => unawaited(send('a')),
  'two, not awaited': send => unawaited(send('a'), send('b')),
  'first not awaited': send => both(unawaited(send('a')), send('b')),
  'a long text': send => send('a', 12_000),
  'a very long text': send => send('a', 60_000),
  'a long text, not awaited': send => unawaited(send('a', 12_000)),
  'a long second text': send => both(send('a'), send('b', 60_000)),
  nothing: send => fnIf(false, send('a')) as Operation,
  odd: send => send('a'),
  'odd, not awaited': send => unawaited(send('a')),
  repeated: send => send('a'),
};

type Planned = { way: string; item: unknown };

function plan(count: number, random: Random): Planned[] {
  const pick = <T>(list: T[]) => list[Math.floor(random() * list.length)]!;
  const ways = Object.keys(WAYS);
  const planned: Planned[] = [];
  for (let index = 0; index < count; index++) {
    const way = random() < 0.4 ? 'one message' : pick(ways);
    const phone = phoneOf(index);
    const item = { id: `P-${index}`, phone, text: `Reminder ${index}` };
    const isOdd = way.startsWith('odd');
    const before = planned.filter(({ way }) => way === 'one message');
    const isAgain = way === 'repeated' && before.length > 0;
    if (isAgain)
      planned.push({ way, item: { ...(pick(before).item as object) } });
    else planned.push({ way, item: isOdd ? pick(ODD)() : item });
  }
  return planned;
}

/** What a storm has come to, by the result of the broadcast and by the record of the server. */
export type Aftermath = Record<
  | 'items'
  | 'sent'
  | 'failed'
  | 'unknown'
  | 'skipped'
  | 'remaining'
  | 'arrived'
  | 'twice'
  | 'lies'
  | 'unhandled',
  number
> & { faults: string[]; result: BroadcastResult };

/** Broadcasts odd items to a server with faults, by operations that break the rules. */
export async function storm(count: number, random: Random): Promise<Aftermath> {
  const planned = plan(count, random);
  const treat = planTreatments(count, random);
  const options = planOptions(random);
  const server = misbehavingServer(treat);
  const door = await listen(server.create);
  const rejections = countRejections();
  try {
    const items = planned.map(({ item }) => item);
    const operation = operationOf(planned, treat);
    const { result } = await runBroadcast(items, operation, options, {
      configuration: { ...CREDENTIAL, baseUrl: door.url },
      data: {},
    });
    await new Promise(resolve => setTimeout(resolve, 50));
    const nothing = planned.filter(({ way }) => way === 'nothing').length;
    const judged = judge(items, nothing, result, server.deliveries);
    return { ...judged, unhandled: rejections.count() };
  } finally {
    rejections.end();
    door.end();
  }
}

type Treat = (content: string) => Treatment;

/** What the server does with each message. */
function planTreatments(count: number, random: Random): Treat {
  const treatments = new Map<string, Treatment>();
  for (let index = 0; index < count; index++) {
    for (const part of 'ab') {
      const usual = TREATMENTS[Math.floor(random() * TREATMENTS.length)]!;
      const isLimited = random() < 1 / RARELY;
      treatments.set(
        `Reminder ${index} ${part}`,
        isLimited ? 'limited for a second' : usual,
      );
    }
  }
  return content => treatments.get(content) ?? 'fine';
}

const planOptions = (random: Random) => ({
  ...(random() < 0.5 && {
    key: (state: State) => (state.data as { id: string }).id,
  }),
  ...(random() < 0.25 && { deadline: 2000 + random() * 4000 }),
  perRecipient: 0.05,
});

/** Does with each item what was planned. */
function operationOf(planned: Planned[], treat: Treat): Operation {
  const textOf = (state: State, part: string) =>
    `${(state.data as { text: string }).text} ${part}`;
  const send =
    (part: string, padding = 0): Operation =>
    state =>
      sendMessage(
        ({ data }: State) => (data as { phone: string }).phone,
        (state: State) => textOf(state, part) + '.'.repeat(padding),
        sendOptions(
          isReadable(state.data) ? treat(textOf(state, part)) : 'fine',
        ),
      )(state);
  return state => WAYS[planned[state['index'] as number]!.way]!(send)(state);
}

/** Counts the promises whose failure nobody handles, in place of mocha. */
function countRejections() {
  let unhandled = 0;
  const note = () => void unhandled++;
  const others = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', note);
  return {
    count: () => unhandled,
    end: () => {
      process.off('unhandledRejection', note);
      for (const other of others) process.on('unhandledRejection', other);
    },
  };
}

type Person = { id: string; phone: string; text: string };

const isReadable = (item: unknown): item is Person => {
  try {
    return typeof (item as Person).text === 'string';
  } catch {
    return false;
  }
};

/** Compares the rows with what the server took. */
function judge(
  items: unknown[],
  nothing: number,
  result: BroadcastResult,
  deliveries: ReadonlyMap<string, Delivery[]>,
): Omit<Aftermath, 'unhandled'> {
  const faults: string[] = [];
  const { sent, failed, unknown, skipped, remaining } = result;
  const arrived = new Map<string, string[]>();
  for (const [content, list] of deliveries) {
    const phone = phoneOf(content.split(' ')[1]!);
    const ids = list.map(({ id }) => id);
    arrived.set(phone, [...(arrived.get(phone) ?? []), ...ids]);
  }
  const told = new Set<string>();
  const countOf = new Map<string, number>();
  for (const { phone } of items.filter(isReadable)) {
    countOf.set(phone, (countOf.get(phone) ?? 0) + 1);
  }
  for (const row of sent) {
    const ids = row.messageIds ?? [row.messageId!];
    const there = arrived.get(row.to!) ?? [];
    told.add(row.to!);
    if (ids.join() !== there.join())
      faults.push(`sent: ${JSON.stringify([row, there])}`);
  }
  for (const { to = '' } of unknown) told.add(to);
  for (const row of failed) {
    const ids = row.messageIds ?? [row.messageId];
    const there = arrived.get(row.to ?? '') ?? [];
    if (there.length === 0) continue;
    // It says which of its messages is out, and that it must not be repeated.
    if (ids.join() === there.join() && !row.error.retryable) told.add(row.to!);
    else faults.push(`failed: ${JSON.stringify([row, there])}`);
  }
  for (const phone of arrived.keys()) {
    if (!told.has(phone)) faults.push(`no row tells of ${phone}`);
  }
  for (const item of remaining) {
    // Another item with the same message may have been sent.
    if (!isReadable(item) || countOf.get(item.phone)! > 1) continue;
    if (arrived.has(item.phone)) faults.push(`remaining: ${item.phone}`);
  }
  const empty = skipped.filter(({ reason }) => reason === 'NOTHING_SENT');
  if (empty.length > nothing) faults.push(`${empty.length} sent nothing`);
  const counts = [...deliveries.values()].map(({ length }) => length);
  return {
    items: items.length,
    sent: sent.length,
    failed: failed.length,
    unknown: unknown.length,
    skipped: skipped.length,
    remaining: remaining.length,
    arrived: counts.reduce((sum, length) => sum + length, 0),
    twice: counts.filter(length => length > 1).length,
    lies: faults.length,
    faults,
    result,
  };
}
