import type { Scrubber } from './wire';
import { BEGINNING, CORE, indexOf } from './sent-words';
import type { Index } from './sent-words';
import {
  isMetas,
  hasEscapes,
  isNatural,
  plainText,
  unpack,
  withoutMisread,
  wordsOf,
} from './words';
import type { Word } from './words';

// Meta quotes what it was sent in some of its error messages. An error ends up
// in logs and saved states, so what was sent is taken out of it again. Nothing
// is searched for by an expression made of it: the words of the message are
// looked up among the words that were sent. What does not look like words, such
// as tokens, hashes, base64 and long numbers, goes in any case.

const MASK = '***';

/** Words of Meta's without anything that was sent, and without phone numbers; none at all when that fails. */
export function scrub(words: string, sent: unknown): string {
  try {
    return scrubberOf(sent).scrub(words);
  } catch {
    return MASK;
  }
}

export function scrubberOf(sent: unknown): Scrubber {
  const index = indexOf(sent);
  return {
    scrub: words => scrubBy(index, words),
    holdsSent: given => {
      const text = plainText(given.slice(0, LONGEST_MESSAGE));
      const words = wordsOf(text);
      // In an ID, a few letters between dashes are chance.
      const telling = words.filter(
        ({ plain }) => words.length === 1 || plain.length >= CORE.shortest,
      );
      return (
        telling.some(({ plain }) => isSent(index, plain)) ||
        sequencesIn(index, words).length > 0 ||
        packedIn(index, text).length > 0
      );
    },
  };
}

/** A part of a text. */
type Range = { from: number; to: number };

// Far more than Meta writes, and more than the longest text that it could quote.
const LONGEST_MESSAGE = 16_384;
const LONGEST_RESULT = 1000;

function scrubBy(index: Index, given: string): string {
  const text = plainText(withoutMisread(withoutTail(given), MASK));
  const words = wordsOf(text);
  const ranges = [
    ...sentIn(index, text, words),
    ...numbersIn(text),
    ...strangeIn(text),
    ...(index.isWhole ? [] : words.filter(isForeign)),
  ];
  const result = mask(text, ranges);
  return result.length > LONGEST_RESULT
    ? `${result.slice(0, LONGEST_RESULT)}…`
    : result;
}

/** A text without what is too much of it, and without the word that is cut then. */
function withoutTail(text: string): string {
  if (text.length <= LONGEST_MESSAGE) return text;
  const cut = text.slice(0, LONGEST_MESSAGE);
  return cut.slice(0, cut.lastIndexOf(' ') + 1);
}

/** Where something stands that was sent. */
function sentIn(index: Index, text: string, words: Word[]): Range[] {
  const ranges = [
    ...sequencesIn(index, words),
    ...words.filter(({ plain }) => isSent(index, plain)),
    ...packedIn(index, text),
  ];
  const masked = new Set(ranges.map(({ to }) => to));
  words.forEach((word, at) => {
    const isAfter = at > 0 && masked.has(words[at - 1]!.to);
    if (masked.has(word.to) || !isBegun(index, text, word, isAfter)) return;
    ranges.push(word);
    masked.add(word.to);
  });
  return ranges;
}

const sequencesIn = ({ sequences }: Index, words: Word[]): Range[] =>
  words.flatMap(({ from }, at) =>
    [2, 3].flatMap(length => {
      const row = words.slice(at, at + length);
      const { to } = row.at(-1)!;
      const isKnown = sequences.has(row.map(word => word.plain).join(' '));
      return isKnown && row.length === length ? [{ from, to }] : [];
    }),
  );

/** Whether a word was sent, alone or inside a longer word. */
function isSent({ single, words, cores, short }: Index, word: string): boolean {
  if (single.has(word) || words.has(word)) return true;
  if (isMetas(word)) return false;
  for (let at = 0; short.size > 0 && at + 3 <= word.length; at++) {
    if (short.has(word.slice(at, at + 3))) return true;
  }
  for (let at = 0; at + CORE.shortest <= word.length; at++) {
    for (let size = CORE.shortest; size <= CORE.longest; size++) {
      if (cores.has(word.slice(at, at + size))) return true;
    }
  }
  return false;
}

/** Whether a word is what was left of a longer one that Meta cut off. */
function isBegun(
  { beginnings }: Index,
  text: string,
  { plain, to }: Word,
  isAfterSent: boolean,
): boolean {
  if (isMetas(plain) || !beginnings.has(plain.slice(0, BEGINNING)))
    return false;
  if (plain.length > 2) return true;
  const isCut = to === text.length || text.startsWith('...', to);
  return (isCut || isAfterSent) && !/^\p{N}+$/u.test(plain);
}

/** Where base64 stands that holds something that was sent. */
const packedIn = (index: Index, text: string): Range[] =>
  partsOf(text, /[A-Za-z0-9+/_-]{4,}/g).filter(
    ({ part }) =>
      !wordsOf(part).every(({ plain }) => isMetas(plain)) &&
      unpack(part).some(unpacked => {
        const words = wordsOf(plainText(unpacked));
        return (
          words.some(({ plain }) => plain.length > 2 && isSent(index, plain)) ||
          // Scripts without spaces have words of one letter.
          sequencesIn(index, words).length > 0
        );
      }),
  );

type Part = Range & { part: string };

const partsOf = (text: string, expression: RegExp): Part[] =>
  [...text.matchAll(expression)].map(({ 0: part, index: from }) => ({
    from,
    to: from + part.length,
    part,
  }));

/** Where numbers stand that are as long as those of phones, however they are grouped. */
const numbersIn = (text: string): Range[] =>
  partsOf(text, /\+?\p{Nd}[\p{Nd}\p{Pd}\s()./]{5,}\p{Nd}/gu);

/** Where something stands that is no words: tokens, hashes, addresses, what is still encoded. */
function strangeIn(text: string): Range[] {
  return partsOf(text, /[^\s"'`<>()[\]{},;|]+/g).flatMap(({ part, from }) => {
    const words = wordsOf(part);
    const isAddress = words.length > 1 && part.includes('@');
    const isStrange = isAddress || hasEscapes(part) || !words.every(isNatural);
    return isStrange ? [{ from, to: from + endOf(part) }] : [];
  });
}

/** Where a part of a sentence ends, without the punctuation behind it. */
function endOf(part: string): number {
  let end = part.length;
  while (end > 0 && '.:!?'.includes(part[end - 1]!)) end--;
  return end;
}

const isForeign = ({ plain }: Word): boolean =>
  !isMetas(plain) && !/^\p{N}{1,3}$/u.test(plain);

/** The text with a mask in the place of each range; those beside each other become one. */
function mask(text: string, ranges: Range[]): string {
  const sorted = ranges.filter(({ from, to }) => to > from);
  sorted.sort((a, b) => a.from - b.from);
  let result = '';
  let end = 0;
  sorted.forEach(({ from, to }, at) => {
    const gap = text.slice(end, from);
    if (at === 0 || !/^[\s\p{Pd}_./+@]*$/u.test(gap)) result += gap + MASK;
    end = Math.max(end, to);
    end += closingAfter(text, from, end);
  });
  return result + text.slice(end);
}

/** A bracket that belongs to what is masked: its partner is in there. */
function closingAfter(text: string, from: number, to: number): number {
  if (text[to] !== ')') return 0;
  const masked = text.slice(from, to);
  return masked.includes('(') && !masked.includes(')') ? 1 : 0;
}
