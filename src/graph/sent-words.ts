import type { Client } from '../core/client';
import { UNREAD, isMadeBody, isStream } from './content';
import type { ApiRequest } from './api-request';
import { isUtf8 } from 'node:buffer';
import { isQuotable } from '../core/values';
import { EDGES, isMetas, plainText, plainWordsIn } from './words';

// What a request carried, as it is looked up in the words of the answer.

/** The words that were sent, as they are looked up. */
export type Index = {
  /** Values of a single word, which go even where Meta uses the same word. */
  single: Set<string>;
  /** Values of two words, and each three words in a row of longer ones. */
  sequences: Set<string>;
  /** Words that are not Meta's. */
  words: Set<string>;
  /** How these begin, by letters: Meta cuts off what it quotes. */
  beginnings: Set<string>;
  /** By which these are known inside a longer word. */
  cores: Set<string>;
  /** Values of three letters, such as names, which are known there too. */
  short: Set<string>;
  /** Whether these are all; else only words of Meta's stay. */
  isWhole: boolean;
};

// What was sent is compared as far as this; a message has a few hundred words.
const MOST_WORDS = 20_000;
/** As many letters of a word tell how it begins. */
export const BEGINNING = 12;
/** As many of its first letters tell a word inside a longer one. */
export const CORE = { shortest: 4, longest: 6 };

/** All that a request carries, and all that its operation was given. It is looked into when the request has failed. */
export const sentBy = (client: Client, call: ApiRequest): unknown[] => [
  call.body,
  { parts: call.parts, query: call.query, search: call.search },
  call.headers,
  call.server?.base,
  call.server?.token,
  call.login,
  client.secrets,
  // Even what is not in this request: another one of the operation may have carried it.
  { type: client.args },
];

export function indexOf(sent: unknown): Index {
  const { texts, isWhole } = textsIn(sent);
  const index: Index = {
    single: new Set(),
    sequences: new Set(),
    words: new Set(),
    beginnings: new Set(),
    cores: new Set(),
    short: new Set(),
    isWhole,
  };
  let count = 0;
  for (const text of texts) {
    const words = plainWordsIn(plainText(text));
    count += words.length;
    if (count > MOST_WORDS) return { ...index, isWhole: false };
    addValue(index, words);
  }
  return index;
}

function addValue(index: Index, words: string[]): void {
  const [first = '', second = ''] = words;
  // A digit or two, or a letter, is no secret, and Meta's words are full of them.
  const isTrivial = /^(\d{1,2}|[a-z]?)$/.test(first);
  if (words.length === 1 && !isTrivial) index.single.add(first);
  // Not of digits: the codes of errors are full of them.
  const isShort = words.length === 1 && /^\p{L}{3}$/u.test(first);
  if (isShort && !isMetas(first)) index.short.add(first);
  if (words.length === 2) index.sequences.add(`${first} ${second}`);
  for (let at = 2; at < words.length; at++) {
    index.sequences.add(words.slice(at - 2, at + 1).join(' '));
  }
  const all = words.join('');
  if (words.length > 1 && /^\d{3,}$/.test(all)) index.single.add(all);
  for (const word of words) addWord(index, word);
}

function addWord({ words, beginnings, cores }: Index, word: string): void {
  if (isMetas(word) || words.has(word) || /^\d{1,2}$/.test(word)) return;
  words.add(word);
  for (let end = 1; end <= Math.min(word.length, BEGINNING); end++) {
    beginnings.add(word.slice(0, end));
  }
  if (word.length >= CORE.shortest) cores.add(word.slice(0, CORE.longest));
}

/** The texts in what was sent; not whole when there is more than can be compared, or content that nobody knows. */
type Texts = { texts: string[]; isWhole: boolean };

// A text of WhatsApp has 4,096 characters at most, the values of a template 32,768.
const MOST_CHARACTERS = 250_000;

/** Collects the texts in a value of any form, without recursion: a job may nest as deep as it likes. */
function textsIn(sent: unknown): Texts {
  const texts: string[] = [];
  const seen = new Set<unknown>();
  const open: Found[] = [{ key: '', value: sent }];
  let isWhole = true;
  let characters = 0;
  for (let found = open.pop(); found !== undefined; found = open.pop()) {
    const { value, key } = found;
    if (typeof value === 'object' && value !== null) {
      if (seen.has(value)) continue;
      seen.add(value);
      const within = partsOf(value, key);
      if (within === undefined) isWhole = false;
      else for (const part of within) open.push(part);
      continue;
    }
    if (value === UNREAD) isWhole = false;
    const text = textOf(value);
    if (text === undefined || seen.has(text) || isConstant(key, text)) {
      continue;
    }
    seen.add(text);
    characters += text.length;
    if (characters > MOST_CHARACTERS) return { texts, isWhole: false };
    texts.push(text);
    const json = readJson(text);
    if (json !== undefined) open.push({ key, value: json });
  }
  return { texts, isWhole };
}

type Found = { key: string; value: unknown };

/** What is in an object; undefined when nobody can know. */
function partsOf(value: object, key: string): Found[] | undefined {
  if (Buffer.isBuffer(value)) {
    const isReadable = value.length <= MOST_CHARACTERS && isUtf8(value);
    return isReadable ? [{ key, value: value.toString() }] : undefined;
  }
  if (isMadeBody(value)) return [{ key, value: value.words }];
  if (isStream(value)) return undefined;
  if (Array.isArray(value)) {
    return (value as unknown[]).map(item => ({ key, value: item }));
  }
  if ('toJSON' in value && typeof value.toJSON === 'function') {
    return [{ key, value: (value.toJSON as () => unknown)() }];
  }
  return Object.entries(value as Record<string, unknown>).flatMap(
    ([name, inner]) => [
      { key: name, value: inner },
      ...(isFieldName(name) ? [] : [{ key: '', value: name }]),
    ],
  );
}

/**
 * A name in code is no secret, and whoever spelled it wrong has to read it in
 * Meta's answer; one that comes from data could be a person. No field of Meta's
 * begins with a capital.
 */
const isFieldName = (name: string): boolean =>
  isQuotable(name) && !/^[A-Z]/.test(name);

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'bigint'
    ? String(value)
    : undefined;
}

/** Keys whose values are Meta's own words, as long as they are. */
const STRUCTURE = new Set([
  'messaging_product',
  'recipient_type',
  'type',
  'sub_type',
  'policy',
  'mode',
  'method',
  'flow_action',
  'status',
  'content-type',
  'accept-encoding',
]);

const CONSTANTS = new Set(
  `whatsapp individual group text image audio video document sticker location contacts reaction interactive template
  button buttons list body header footer quick_reply url phone_number copy_code flow catalog mpm product product_list
  catalog_message cta_url carousel currency date_time payload coupon_code limited_time_offer action reply order_details
  deterministic draft published navigate data_exchange read messages conversations pricing templates
  get post put patch delete head options application/json application/octet-stream identity`.split(
    /\s+/,
  ),
);

const isConstant = (key: string, text: string): boolean =>
  (STRUCTURE.has(key) && CONSTANTS.has(text.toLowerCase())) ||
  (key === 'parts' && EDGES.has(text));

/** What a text holds that the job wrote as JSON by itself. */
function readJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
