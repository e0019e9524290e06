import { withStarted } from '../core/operation';
import type { ManyContext, Started } from '../core/operation';
import { setOwn } from '../core/values';
import { interceptors } from '../graph/api-request';
import type { Operation, State } from '../types';
import type { Settings } from './arguments';
import { isMissingObject, toReadable } from './error-scope';
import { createInterceptor } from './interceptor';
import {
  claimKey,
  dryOutcome,
  outcomeOf,
  outcomeOfHanging,
  outcomeOfInternalError,
} from './outcome';
import type { Ending, Outcome } from './outcome';
import { NO_DEADLINE, waitUntil } from './pacing/clock';
import { closeOne, createItem } from './run-state';
import type { Item, RunState } from './run-state';
import { withDefaultOptions } from '../core/arguments';

/** After so many items the event loop runs, for timers and answers: thousands in a row would block it. */
const MAX_IN_A_ROW = 10;

/** Runs the operation of each item, as many at a time as may be, and settles every item once. */
export async function runAll(
  { stateOf }: Pick<ManyContext, 'stateOf'>,
  items: unknown[],
  operation: Operation,
  run: RunState,
  settings: Settings,
  settle: (index: number, outcome: Outcome) => void,
): Promise<void> {
  const defaults = defaultsOf(run, settings);
  const underWay = new Map<number, Item>();
  const runOperation = (state: State) =>
    withDefaultOptions(defaults, () => operation(state));
  const runOne = async (index: number, item: Item, state: State) => {
    underWay.set(index, item);
    const outcome = await endOf(run, item, () => runOperation(state))
      .then(end => dryOutcome(run, item, end) ?? outcomeOf(item, end))
      .catch(error => outcomeOfInternalError(item, error));
    underWay.delete(index);
    settle(index, outcome);
    run.pacer.release();
  };
  const runEach = async () => {
    const running: Promise<void>[] = [];
    const claimOf = (item: Item, state: State) =>
      claimKey(run.keys, item, settings.keyOf, state);
    let looked = 0;
    for (const each of inTurn(items, run, stateOf, claimOf)) {
      if (++looked % MAX_IN_A_ROW === 0) await new Promise(setImmediate);
      if (each === undefined) continue;
      const { index, item } = each;
      const early = 'early' in each ? each.early : await earlyEnd(run, item);
      if (early !== undefined) settle(index, early);
      else if ('state' in each) running.push(runOne(index, item, each.state));
    }
    await Promise.all(running);
  };
  if (await endsInTime(run, runEach())) return;
  for (const [index, item] of underWay) settle(index, outcomeOfHanging(item));
  for (const index of items.keys()) settle(index, { kind: 'held' });
}

/** Options that every operation has. */
const defaultsOf = ({ isDry }: RunState, { defaultCountry }: Settings) => ({
  ...(defaultCountry !== undefined && { defaultCountry }),
  ...(isDry && { dryRun: true }),
});

/** An item in its turn: with the state for its operation, or with an outcome because it never begins. */
type Turn = { index: number; item: Item } & (
  { state: State } | { early: Outcome }
);

/** The items in the order in which they begin, and nothing for one that has to wait. What fails here fails for its item alone. */
function* inTurn(
  items: unknown[],
  { queue }: RunState,
  stateOf: ManyContext['stateOf'],
  claimOf: (item: Item, state: State) => Outcome | undefined,
): Generator<Turn | undefined> {
  const turnOf = (
    index: number,
    item: Item,
    isFirst: boolean,
  ): Turn | undefined => {
    try {
      const state = stateOf(copyOf(items[index]), index);
      const early = isFirst ? claimOf(item, state) : undefined;
      if (early !== undefined) return { index, item, early };
      return isFirst && queue.defer(item.value, { index, item })
        ? undefined
        : { index, item, state };
    } catch (error) {
      return { index, item, early: outcomeOfInternalError(item, error) };
    }
  };
  for (const [index, value] of items.entries()) {
    yield turnOf(index, createItem(value), true);
  }
  for (const { index, item } of queue.rounds()) {
    yield turnOf(index, item, false);
  }
}

/** Whether something ends in time; an operation that hangs must not cost the results of all others. */
async function endsInTime(
  { clock, abandonedAt }: RunState,
  all: Promise<void>,
): Promise<boolean> {
  let hasEnded = false;
  const time = () => (hasEnded ? -Infinity : abandonedAt);
  const end = all.finally(() => {
    hasEnded = true;
    clock.wakeAll();
  });
  await Promise.race([end, waitUntil(clock, time, NO_DEADLINE)]);
  return hasEnded;
}

/** Waits for a slot; an outcome when the broadcast is over before, or waiting fails. */
async function earlyEnd(
  { pacer, isOver }: RunState,
  item: Item,
): Promise<Outcome | undefined> {
  if (isOver()) return { kind: 'held' };
  try {
    await pacer.acquire();
  } catch (error) {
    return outcomeOfInternalError(item, error);
  }
  if (!isOver()) return undefined;
  pacer.release();
  return { kind: 'held' };
}

/** How an operation ends that runs with an interceptor around it, and all that it starts. */
async function endOf(
  run: RunState,
  item: Item,
  runOperation: () => Promise<State | undefined>,
): Promise<Ending> {
  const all: Started[] = [];
  const note = (started: Started) => {
    all.push(started);
    item.open++;
    started.onEnd = () => closeOne(item);
  };
  const interceptor = createInterceptor(run, item);
  let ending: Ending;
  try {
    const state = await withStarted(note, () =>
      interceptors.run(interceptor, runOperation),
    );
    ending = { data: state?.data };
  } catch (thrown) {
    ending = failedEnding(run, item, thrown);
  }
  // An operation may end before its messages do, as with `Promise.all`.
  while (item.open > 0) {
    await new Promise<void>(done => (item.whenDone = done));
    // What waited for it may start another.
    await new Promise(setImmediate);
  }
  item.hasEnded = true;
  const unawaited = all.find(
    each => 'error' in each && !each.promise.isAwaited,
  );
  if (unawaited === undefined || 'error' in ending) return ending;
  return failedEnding(run, item, unawaited.error);
}

function failedEnding(run: RunState, item: Item, thrown: unknown): Ending {
  const error = toReadable(thrown);
  // What its messages met is noted; that something else is not there hits this item alone.
  if (!isMissingObject(error)) run.noteError(error, item);
  return { error };
}

/** A copy for an operation to change, as jobs do: an item that remains has to be as it came. */
export function copyOf(item: unknown): unknown {
  try {
    return copy(item);
  } catch {
    // A circle, or what cannot be read.
    return copyWith(new Map(), item);
  }
}

/** Lists and plain objects, of whatever realm; a Buffer or a stream stays the same. */
function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  if (!isPlain(value)) return value;
  // Key by key: `fromEntries` takes five times as long.
  const copied: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    setOwn(copied, key, copy(value[key]));
  }
  return copied;
}

/** The same, slower: keeps circles, and what fails when it is read fails in the copy. */
function copyWith(copies: Map<unknown, unknown>, value: unknown): unknown {
  if (copies.has(value)) return copies.get(value);
  try {
    if (!Array.isArray(value) && !isPlain(value)) return value;
    const copied = (Array.isArray(value) ? [] : {}) as Record<string, unknown>;
    copies.set(value, copied);
    for (const key of Object.keys(value)) {
      copyField(copies, value as Record<string, unknown>, copied, key);
    }
    return copied;
  } catch {
    return value;
  }
}

function copyField(
  copies: Map<unknown, unknown>,
  value: Record<string, unknown>,
  copied: Record<string, unknown>,
  key: string,
): void {
  try {
    setOwn(copied, key, copyWith(copies, value[key]));
  } catch {
    const get = () => value[key];
    Object.defineProperty(copied, key, { get, enumerable: true });
  }
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
