import { isId } from '../ids';
import {
  BadParameter,
  readAfterId,
  readContact,
  readTime,
} from '../routes/parameters';
import { KINDS } from '../settings/forward';
import type { Place } from '../store/cursor';
import { FORWARD_STATES } from './api';
import type { ActionName, EventFilter } from './api';

type Given = Record<string, unknown>;

const STATES = [...FORWARD_STATES, 'none'] as const;
const ACTIONS: readonly ActionName[] = ['replay', 'discard'];
const MOST_IDS = 500;

const LONGEST = 200;

/** The filter in the body of a request; what is empty is not given. */
export function readFilter(given: unknown): EventFilter {
  const { kind, contact, phoneNumberId, state, from, to } = objectOf(given);
  return {
    kind: oneOf('kind', KINDS, kind),
    contact: readContact(textOf('contact', contact)),
    phoneNumberId: textOf('phoneNumberId', phoneNumberId),
    state: oneOf('state', STATES, state),
    from: readTime('from', textOf('from', from))?.toISOString(),
    to: readTime('to', textOf('to', to))?.toISOString(),
  };
}

export type Action = {
  action: ActionName;
  ids: string[] | undefined;
  filter: EventFilter;
  after: Place | undefined;
  startedAt: string | undefined;
  dryRun: boolean;
};

export function readAction(given: unknown): Action {
  const { action, ids, filter, after, startedAt, dryRun } = objectOf(given);
  if ((ids === undefined) === (filter === undefined)) {
    throw new BadParameter('ids', 'Send either ids or a filter.');
  }
  const isDry = dryRun === true;
  const start = readTime('startedAt', textOf('startedAt', startedAt));
  if (!isDry && start === undefined) {
    throw new BadParameter('startedAt', 'Ask with dryRun first.');
  }
  return {
    action: needed('action', oneOf('action', ACTIONS, action)),
    ids: ids === undefined ? undefined : readIds(ids),
    filter: readFilter(filter ?? {}),
    after: readAfterId(textOf('after', after)),
    startedAt: start?.toISOString(),
    dryRun: isDry,
  };
}

export function readPlace(given: unknown): Place | undefined {
  return readAfterId(textOf('after', objectOf(given)['after']));
}

function readIds(given: unknown): string[] {
  const ids: unknown[] = Array.isArray(given) ? given : [];
  if (ids.length === 0 || ids.length > MOST_IDS) {
    throw new BadParameter('ids', `Send 1 to ${MOST_IDS} IDs of events.`);
  }
  return ids.map(id => {
    if (typeof id === 'string' && isId(id)) return id.toLowerCase();
    throw new BadParameter('ids', 'Send IDs of events.');
  });
}

export function objectOf(given: unknown): Given {
  if (typeof given === 'object' && given !== null && !Array.isArray(given)) {
    return given as Given;
  }
  throw new BadParameter('body', 'Send a JSON object.');
}

function textOf(name: string, value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const isText = typeof value === 'string' && value.length <= LONGEST;
  if (isText && !value.includes('\0')) return value;
  throw new BadParameter(name, 'Write a short text.');
}

export function oneOf<T extends string>(
  name: string,
  words: readonly T[],
  value: unknown,
): T | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const word = words.find(one => one === value);
  if (word !== undefined) return word;
  throw new BadParameter(name, `Write one of ${words.join(', ')}.`);
}

function needed<T>(name: string, value: T | undefined): T {
  if (value !== undefined) return value;
  throw new BadParameter(name, 'It is missing.');
}
