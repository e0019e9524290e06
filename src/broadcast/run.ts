import { withStarted } from '../core/operation';
import type { Started } from '../core/operation';
import { withDefaultOptions } from '../core/options';
import type { ManyContext } from '../core/operation-on-many';
import { interceptors } from '../graph/interceptor';
import type { Operation, State } from '../types';
import { carrierOf } from './carry';
import { claim } from './claim';
import { copyOf } from './copy';
import type { Course } from './course';
import { dryOutcome } from './dry';
import { closeOne, newItem } from './item';
import type { Item } from './item';
import type { Settings } from './options';
import { isMissingObject, readable } from './reason';
import { outcomeOf, outcomeOfFlaw, outcomeOfHanging } from './outcome';
import type { Ending, Outcome } from './outcome';
import { NO_DEADLINE, waitUntil } from './pacing/clock';

/** After so many items the event loop runs, for timers and answers: thousands in a row would block it. */
const MOST_IN_A_ROW = 10;

/** Runs the operation of each item, as many at a time as may be, and settles every item once. */
export async function runAll(
  { stateOf }: Pick<ManyContext, 'stateOf'>,
  items: unknown[],
  operation: Operation,
  course: Course,
  settings: Settings,
  settle: (index: number, outcome: Outcome) => void,
): Promise<void> {
  const defaults = defaultsOf(course, settings);
  const underWay = new Map<number, Item>();
  const run = (state: State) =>
    withDefaultOptions(defaults, () => operation(state));
  const runOne = async (index: number, item: Item, state: State) => {
    underWay.set(index, item);
    const outcome = await endOf(course, item, () => run(state))
      .then(end => dryOutcome(course, item, end) ?? outcomeOf(item, end))
      .catch(error => outcomeOfFlaw(item, error));
    underWay.delete(index);
    settle(index, outcome);
    course.pacer.release();
  };
  const runEach = async () => {
    const running: Promise<void>[] = [];
    const claimOf = (item: Item, state: State) =>
      claim(course.keys, item, settings.keyOf, state);
    let looked = 0;
    for (const each of inTurn(items, course, stateOf, claimOf)) {
      if (++looked % MOST_IN_A_ROW === 0) await new Promise(setImmediate);
      if (each === undefined) continue;
      const { index, item } = each;
      const early = 'early' in each ? each.early : await earlyEnd(course, item);
      if (early !== undefined) settle(index, early);
      else if ('state' in each) running.push(runOne(index, item, each.state));
    }
    await Promise.all(running);
  };
  if (await endsInTime(course, runEach())) return;
  for (const [index, item] of underWay) settle(index, outcomeOfHanging(item));
  for (const index of items.keys()) settle(index, { kind: 'held' });
}

/** Options that every operation has. */
const defaultsOf = ({ isDry }: Course, { defaultCountry }: Settings) => ({
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
  { queue }: Course,
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
      return { index, item, early: outcomeOfFlaw(item, error) };
    }
  };
  for (const [index, value] of items.entries()) {
    yield turnOf(index, newItem(value), true);
  }
  for (const { index, item } of queue.rounds()) {
    yield turnOf(index, item, false);
  }
}

/** Whether something ends in time; what hangs in one operation must not take the results of all others along. */
async function endsInTime(
  { clock, endsAtLast }: Course,
  all: Promise<void>,
): Promise<boolean> {
  let hasEnded = false;
  const time = () => (hasEnded ? -Infinity : endsAtLast);
  const end = all.finally(() => {
    hasEnded = true;
    clock.wakeAll();
  });
  await Promise.race([end, waitUntil(clock, time, NO_DEADLINE)]);
  return hasEnded;
}

/** Waits for a slot; an outcome when the broadcast is over before, or waiting fails. */
async function earlyEnd(
  { pacer, isOver }: Course,
  item: Item,
): Promise<Outcome | undefined> {
  if (isOver()) return { kind: 'held' };
  try {
    await pacer.acquire();
  } catch (error) {
    return outcomeOfFlaw(item, error);
  }
  if (!isOver()) return undefined;
  pacer.release();
  return { kind: 'held' };
}

/** How an operation ends that runs with a interceptor around it, and all that it starts. */
async function endOf(
  course: Course,
  item: Item,
  run: () => Promise<State | undefined>,
): Promise<Ending> {
  const all: Started[] = [];
  const note = (started: Started) => {
    all.push(started);
    item.open++;
    started.onEnd = () => closeOne(item);
  };
  const interceptor = carrierOf(course, item);
  let ending: Ending;
  try {
    const state = await withStarted(note, () =>
      interceptors.run(interceptor, run),
    );
    ending = { data: state?.data };
  } catch (thrown) {
    ending = failedEnding(course, item, thrown);
  }
  // An operation may end before its messages do, as with `Promise.all`.
  while (item.open > 0) {
    await new Promise<void>(done => (item.whenDone = done));
    // What waited for it may start another.
    await new Promise(setImmediate);
  }
  item.hasEnded = true;
  const lost = all.find(each => 'error' in each && !each.promise.isAwaited);
  if (lost === undefined || 'error' in ending) return ending;
  return failedEnding(course, item, lost.error);
}

function failedEnding(course: Course, item: Item, thrown: unknown): Ending {
  const error = readable(thrown);
  // What its messages met is noted; that something else is not there hits this item alone.
  if (!isMissingObject(error)) course.meet(error, item);
  return { error };
}
