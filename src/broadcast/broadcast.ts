import type { Client } from '../core/client';
import { FairQueue } from './pacing/recipients';
import { refuse } from '../core/errors';
import type { Failure } from '../core/errors';
import { log } from '../core/log';
import { operationOnMany } from '../core/operation';
import type { ManyContext } from '../core/operation';
import { interceptors } from '../graph/api-request';
import type { BroadcastResult, DryRow, Operation } from '../types';
import { readBroadcastOptions, readItems, readOperation } from './arguments';
import type { Settings } from './arguments';
import {
  createCounters,
  createProgress,
  summaryLine,
  summaryOf,
} from './counters';
import { createKeys, keysIn } from './item-key';
import { claimKey } from './outcome';
import type { Outcome } from './outcome';
import { createClock } from './pacing/clock';
import type { Clock } from './pacing/clock';
import { Pacer } from './pacing/pacer';
import { runAll } from './run';
import { createItem, createRunState } from './run-state';
import type { Entry, RunState } from './run-state';
import type { ParseWebhook } from './statuses';

/** What a broadcast asks of other parts. */
type Tools = {
  parse: ParseWebhook;
  /** Refuses when the number may not write to so many people today. */
  checkSendingLimit: (client: Client, people: number) => Promise<void>;
};

/** Runs an operation for each of many items: concurrent, paced, and every item accounted for. */
export const broadcastItems = (
  items: unknown,
  operation: unknown,
  options: unknown,
  tools: Tools,
): Operation =>
  operationOnMany([items, operation, options], async (many, ...given) => {
    refuseNested();
    const list = readItems(given[0], many.state);
    const each = readOperation(given[1]);
    const settings = readBroadcastOptions(given[2], many.state);
    return { data: await runBroadcast(many, list, each, settings, tools) };
  });

async function runBroadcast(
  many: ManyContext,
  items: unknown[],
  operation: Operation,
  settings: Settings,
  { parse, checkSendingLimit }: Tools,
): Promise<BroadcastResult> {
  const clock = createClock();
  const began = clock.now();
  const done = keysIn(settings.skip, parse);
  const run = startRun(clock, items, settings, done);
  if (settings.preflight) {
    const people = countToDo(many, items, settings, done);
    await checkSendingLimit(many.client, people);
  }
  const counters = createCounters();
  const outcomes = new Array<Outcome>(items.length);
  const { onProgress } = settings;
  const progress = createProgress(clock, counters, items.length, onProgress);
  const settle = (index: number, outcome: Outcome) => {
    // An operation that hangs may end after all.
    if (outcomes[index] !== undefined) return;
    outcomes[index] = outcome;
    counters[outcome.kind]++;
    if (outcome.kind === 'held') run.hasHeld ||= !('error' in outcome);
    progress.report(outcome);
  };
  try {
    await runAll(many, items, operation, run, settings, settle);
  } finally {
    progress.end();
    run.pacer.tokens.leave();
  }
  refuseUseless(run);
  const lists = listsOf(items, outcomes);
  const duration = clock.now() - began;
  const summary = summaryOf(run, counters, lists, duration);
  log(summaryLine(summary));
  return { ...lists, summary };
}

/** A broadcast inside another would have a pacer, a deadline and rows of its own, which the outer one does not see. */
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
  { keyOf }: Settings,
  done: ReadonlySet<string>,
): number {
  const keys = createKeys(done);
  const isToDo = (value: unknown, index: number) =>
    claimKey(keys, createItem(value), keyOf, stateOf(value, index)) ===
    undefined;
  return items.filter(isToDo).length;
}

/** A credential that nothing can be sent with fails the run, as it does for a lone send. */
function refuseUseless({ cause, isBegun }: RunState): void {
  const { error } = cause ?? {};
  const { code = '' } = (error ?? {}) as Partial<Failure>;
  if (code.startsWith('CONFIGURATION_') && !isBegun) throw error;
}

function startRun(
  clock: Clock,
  items: unknown[],
  settings: Settings,
  done: ReadonlySet<string>,
) {
  const { dryRun, deadline } = settings;
  const pacer = new Pacer(clock, settings);
  const keys = createKeys(done);
  const queue = new FairQueue<Entry>(items);
  return createRunState({ clock, pacer, keys, queue, isDry: dryRun }, deadline);
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
