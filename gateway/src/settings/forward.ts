import type { WebhookEvents } from '../../../src/types';
import { Unusable, list } from './readers';

/** A kind of event: a list in the result of `parse`. */
export type Kind = keyof WebhookEvents;

export const KINDS: readonly Kind[] = [
  'messages',
  'notices',
  'statuses',
  'calls',
  'account',
  'unknown',
];

/** What people write. Statuses are three to a message, and each would start a run. */
export const FORWARDED: ReadonlySet<Kind> = new Set(['messages']);

/** What counts as delivered, of the answers with a status of 2xx. */
export const ACCEPTS = ['auto', 'openfn', 'json', 'any'] as const;
export type Accept = (typeof ACCEPTS)[number];

/** `person`: what one person wrote arrives in the order it came. */
export const ORDERS = ['none', 'person'] as const;
export type Order = (typeof ORDERS)[number];

/** The kinds to forward: their names, `all` or `none`. */
export function readForward(given: unknown): ReadonlySet<Kind> {
  if (isSet(given)) return readForward([...given]);
  const words = list(given).map(word => word.toLowerCase());
  if (words.length === 1 && words[0] === 'all') return new Set(KINDS);
  if (words.length === 1 && words[0] === 'none') return new Set();
  return new Set(words.map(readKind));
}

function readKind(word: string): Kind {
  const kind = KINDS.find(one => one === word);
  if (kind !== undefined) return kind;
  throw new Unusable(
    `has an unknown kind. Write all, none, or some of ${KINDS.join(', ')}, with commas between.`,
  );
}

const isSet = (value: unknown): value is Set<unknown> => value instanceof Set;
