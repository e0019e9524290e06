import * as v from 'valibot';
import { isId } from '../core/ids';
import {
  parseBody,
  readAfterId,
  readContact,
  timeSchema,
} from '../routes/parameters';
import { KINDS } from '../settings/forwarding';
import type { Place } from '../store/cursor';
import { FORWARD_STATES } from './api';
import type { ActionName, EventFilter } from './api';

const STATES = [...FORWARD_STATES, 'none'] as const;
const ACTIONS: readonly ActionName[] = ['replay', 'discard'];
const MOST_IDS = 500;
const SHORT = 'Write a short text.';

/** What is empty is not given. */
const given = v.pipe(
  v.optional(v.unknown()),
  v.transform(value => (value === null || value === '' ? undefined : value)),
);

const text = v.pipe(
  v.string(SHORT),
  v.maxLength(200, SHORT),
  v.check(value => !value.includes('\0'), SHORT),
);

const optionalText = v.pipe(given, v.optional(text));
const optionalTime = v.pipe(
  optionalText,
  v.optional(timeSchema),
  v.transform(time => time?.toISOString()),
);

/** One of some words, or nothing. */
export const createChoice = <const T extends string>(words: readonly T[]) =>
  v.pipe(
    given,
    v.optional(v.picklist(words, `Write one of ${words.join(', ')}.`)),
  );

const filterSchema = v.pipe(
  v.object({
    kind: createChoice(KINDS),
    contact: v.pipe(optionalText, v.transform(readContact)),
    phoneNumberId: optionalText,
    state: createChoice(STATES),
    from: optionalTime,
    to: optionalTime,
  }),
  v.transform(
    ({ kind, contact, phoneNumberId, state, from, to }): EventFilter => ({
      ...{ kind, contact, phoneNumberId, state, from, to },
    }),
  ),
);

/** The filter in the body of a request. */
export function readFilter(body: unknown): EventFilter {
  return parseBody(filterSchema, body);
}

export type Action = {
  action: ActionName;
  ids: string[] | undefined;
  filter: EventFilter;
  after: Place | undefined;
  startedAt: string | undefined;
  dryRun: boolean;
};

const COUNT = `Send 1 to ${MOST_IDS} IDs of events.`;

const idsSchema = v.pipe(
  v.array(
    v.pipe(
      v.string(COUNT),
      v.check(isId, 'Send IDs of events.'),
      v.toLowerCase(),
    ),
    COUNT,
  ),
  v.minLength(1, COUNT),
  v.maxLength(MOST_IDS, COUNT),
);

const place = v.pipe(optionalText, v.transform(readAfterId));

const actionSchema: v.GenericSchema<unknown, Action> = v.pipe(
  v.object(
    {
      action: v.picklist(ACTIONS, `Write one of ${ACTIONS.join(', ')}.`),
      ids: v.optional(idsSchema),
      filter: v.optional(filterSchema),
      after: place,
      startedAt: optionalTime,
      dryRun: v.optional(v.unknown()),
    },
    'It is missing.',
  ),
  v.forward(
    v.check(
      ({ ids, filter }) => (ids === undefined) !== (filter === undefined),
      'Send either ids or a filter.',
    ),
    ['ids'],
  ),
  v.forward(
    v.check(
      ({ dryRun, startedAt }) => dryRun === true || startedAt !== undefined,
      'Ask with dryRun first.',
    ),
    ['startedAt'],
  ),
  v.transform(({ action, ids, filter, after, startedAt, dryRun }) => ({
    ...{ action, ids, after, startedAt, dryRun: dryRun === true },
    filter: filter ?? v.parse(filterSchema, {}),
  })),
);

export function readAction(body: unknown): Action {
  return parseBody(actionSchema, body);
}

export function readPlace(body: unknown): Place | undefined {
  return parseBody(v.object({ after: place }), body).after;
}
