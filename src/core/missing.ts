import type { State } from '../types';
import { refuse } from './errors';
import { literalsIn, referencesIn } from './source-text';
import type { Reference } from './source-text';
import { isObject } from './values';
import type { ComputedText } from './arguments';

// `Dear ${$.data.nmae}` is a function that gives "Dear undefined". What JavaScript
// writes for a value that is not there is refused before a person reads it.

/** What JavaScript makes text of; two of these are words or parts of names elsewhere. */
const MISSING_WORDS =
  /undefined|\[object \w+\]|Invalid Date|(?<![\p{L}\p{N}])(?:NaN|null)(?![\p{L}\p{N}])/gu;

/** What a text has in the place of a missing value, if anything. */
export const missingIn = (text: string): string | undefined =>
  text.match(MISSING_WORDS)?.[0];

/** Refuses text in which a value is missing, unless the job or its data wrote the word. */
export function refuseMissing(
  computedTexts: readonly ComputedText[],
  state: State,
): void {
  for (const { text, compute } of computedTexts) {
    const words = new Set(text.match(MISSING_WORDS));
    for (const word of words) checkWord(word, compute, state);
  }
}

function checkWord(
  word: string,
  compute: ComputedText['compute'],
  state: State,
): void {
  const source = Function.prototype.toString.call(compute);
  // Nothing in it can make text of a value: it hands on what it found.
  if (!/[`+]|[\w$)\]]\s*\(/.test(source.replace(/^.*?=>/s, ''))) return;
  if (literalsIn(source).includes(word)) return;
  const references = referencesIn(source, state);
  const values = references.map(({ value }) => value);
  const { configuration: _, ...rest } = state;
  if (containsWord(values.length > 0 ? values : rest, word)) return;
  const causes = references.filter(({ value }) => isCause(word, value));
  // In some languages it is a word, so there has to be a null.
  if (word === 'null' && causes.length === 0) return;
  refuseWord(word, [...new Set(causes.flatMap(nameOfReference))]);
}

/** Whether a value becomes this word in a text. */
function isCause(word: string, value: unknown): boolean {
  // A calculation fails on more than this, but this can be told.
  if (/^(undefined|NaN|Invalid Date)$/.test(word)) return value === undefined;
  if (word === 'null') return value === null;
  return isObject(value);
}

/** A name from the code of the job; one that could come from data has other signs. */
const nameOfReference = ({ path }: Reference): string[] =>
  path.length > 0 &&
  path.every(name => /^([a-z_]\w{0,30}|\d{1,4})$/i.test(name))
    ? [
        `$${path.map(name => (/^\d/.test(name) ? `[${name}]` : `.${name}`)).join('')}`,
      ]
    : [];

function refuseWord(word: string, names: string[]): never {
  const [first] = names;
  const problem = word.startsWith('[') ? 'an object is' : 'a value is missing';
  return refuse(
    'VALUE_MISSING',
    `A text of the message has ${word} in it, where ${problem}.`,
    first === undefined
      ? 'Check the fields of state that the text is made of. To send the word itself, give the option allowMissing: true.'
      : `Check ${names.slice(0, 3).join(' and ')} in the job: correct its spelling, or write what stands in its place, as in ${first} ?? 'friend'. To send the word itself, give the option allowMissing: true.`,
  );
}

/** Whether a word is in any text of a value, at any depth. */
function containsWord(value: unknown, word: string): boolean {
  const visited = new Set<unknown>();
  const pending = [value];
  while (pending.length > 0) {
    const next = pending.pop();
    if (typeof next === 'string' && next.includes(word)) return true;
    if (typeof next !== 'object' || next === null || visited.has(next))
      continue;
    visited.add(next);
    if (Buffer.isBuffer(next)) continue;
    for (const [name, field] of Object.entries(next)) pending.push(name, field);
  }
  return false;
}
