import { operationOnMany } from '../core/operation-on-many';
import type { ManyContext } from '../core/operation-on-many';
import { refuse } from '../core/errors';
import type { Failure } from '../core/errors';
import { log } from '../core/log';
import { ignoreRejection, nameOf } from '../core/values';
import { interceptors } from '../graph/interceptor';
import type { BroadcastResult, DryRow, Operation } from '../types';
import { claim } from './claim';
import { createClock } from './pacing/clock';
import type { Clock } from './pacing/clock';
import { createCourse } from './course';
import type { Course, Entry } from './course';
import { FairQueue } from './pacing/fair-queue';
import { newItem } from './item';
import { readItems } from './items';
import { createKeys, keysIn } from './keys';
import { readBroadcastOptions } from './options';
import type { Settings } from './options';
import type { Outcome } from './outcome';
import { Pacer } from './pacing/pacer';
import { createProgress } from './progress';
import { checkReach } from './reach';
import { runAll } from './run';
import { lineOf, summaryOf } from './summary';
import { newTally } from './tally';

/** Runs an operation for each of many items: concurrent, paced, and every item accounted for. */
export const broadcasting = (
  items: unknown,
  operation: unknown,
  options: unknown,
): Operation =>
  operationOnMany([items, operation, options], async (many, ...given) => {
    refuseNested();
    const list = readItems(given[0], many.state);
    const each = readOperation(given[1]);
    const settings = readBroadcastOptions(given[2], many.state);
    return { data: await broadcast(many, list, each, settings) };
  });

async function broadcast(
  many: ManyContext,
  items: unknown[],
  operation: Operation,
  settings: Settings,
): Promise<BroadcastResult> {
  const clock = createClock();
  const began = clock.now();
  const course = courseOf(clock, items, settings);
  if (settings.preflight) {
    await checkReach(many.client, countToDo(many, items, settings));
  }
  const tally = newTally();
  const outcomes = new Array<Outcome>(items.length);
  const { onProgress } = settings;
  const progress = createProgress(clock, tally, items.length, onProgress);
  const settle = (index: number, outcome: Outcome) => {
    // An operation that hangs may end after all.
    if (outcomes[index] !== undefined) return;
    outcomes[index] = outcome;
    tally[outcome.kind]++;
    if (outcome.kind === 'held') course.hasHeld ||= !('error' in outcome);
    progress.tell(outcome);
  };
  try {
    await runAll(many, items, operation, course, settings, settle);
  } finally {
    progress.end();
    course.pacer.tokens.leave();
  }
  refuseUseless(course);
  const lists = listsOf(items, outcomes);
  const duration = clock.now() - began;
  const summary = summaryOf(course, tally, lists, duration);
  log(lineOf(summary));
  return { ...lists, summary };
}

/** One in another would have a pace, a deadline and rows of its own, of which the other knows nothing. */
function refuseNested(): void {
  if (interceptors.getStore() === undefined) return;
  refuse(
    'NESTED_BROADCAST',
    'A broadcast cannot be the operation of another one.',
    'Put the items of all into one list, and give it to one broadcast.',
  );
}

/** How many items there are to send, as far as their keys tell beforehand. */
function countToDo(
  { stateOf }: ManyContext,
  items: unknown[],
  { keyOf, skip }: Settings,
): number {
  const keys = createKeys(keysIn(skip));
  const isToDo = (value: unknown, index: number) =>
    claim(keys, newItem(value), keyOf, stateOf(value, index)) === undefined;
  return items.filter(isToDo).length;
}

/** A credential that nothing can be sent with fails the run, as it does for a lone send. */
function refuseUseless({ cause, isBegun }: Course): void {
  const { error } = cause ?? {};
  const { code = '' } = (error ?? {}) as Partial<Failure>;
  if (code.startsWith('CONFIGURATION_') && !isBegun) throw error;
}

function courseOf(clock: Clock, items: unknown[], settings: Settings) {
  const { skip, dryRun, deadline } = settings;
  const pacer = new Pacer(clock, settings);
  const keys = createKeys(keysIn(skip));
  const queue = new FairQueue<Entry>(items);
  return createCourse({ clock, pacer, keys, queue, isDry: dryRun }, deadline);
}

/** The outcomes as lists, each in the order of the items. */
function listsOf(items: unknown[], outcomes: Outcome[]) {
  const lists: Omit<BroadcastResult, 'summary'> = {
    sent: [],
    failed: [],
    unknown: [],
    skipped: [],
    remaining: [],
  };
  const dry: DryRow[] = [];
  for (const [index, outcome] of outcomes.entries()) {
    const { kind } = outcome;
    if (kind === 'sent') lists.sent.push(outcome.row);
    if (kind === 'failed' || kind === 'unknown') lists[kind].push(outcome.row);
    if (kind === 'skipped') lists.skipped.push(outcome.row);
    if (kind === 'dry') dry.push(outcome.row);
    if (kind === 'held' || kind === 'dry') lists.remaining.push(items[index]);
  }
  return dry.length > 0 ? { ...lists, messages: dry } : lists;
}

function readOperation(given: unknown): Operation {
  if (typeof given === 'function') return given as Operation;
  return refuse(
    'INVALID_OPERATION',
    `The operation is ${nameOf(ignoreRejection(given))}.`,
    "Give an operation for one item, such as sendTemplate($.data.phone, 'visit', [$.data.name]).",
  );
}
