import * as v from 'valibot';
import type { WebhookEvents } from '../../../src/types';
import { list } from './schemas';
import type { Schema } from './schemas';

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

const UNKNOWN_KIND = `has an unknown kind. Write all, none, or some of ${KINDS.join(', ')}, with commas between.`;

/** The kinds to forward: their names, `all` or `none`. */
export const kindsSchema: Schema<ReadonlySet<Kind>> = v.pipe(
  v.unknown(),
  v.transform(given => (given instanceof Set ? [...given] : given)),
  list,
  v.transform(words => words.map(word => word.toLowerCase())),
  v.transform(replaceAll),
  v.array(v.picklist(KINDS, UNKNOWN_KIND)),
  v.transform(kinds => new Set(kinds)),
);

function replaceAll(words: string[]): readonly string[] {
  if (words.length !== 1) return words;
  if (words[0] === 'all') return KINDS;
  return words[0] === 'none' ? [] : words;
}
