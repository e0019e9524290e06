import type { InboundContents, NoticeContents } from '../../../src/types';
import { normalizeWords } from './destination';
import type { Destination, Match } from './destination';
import type { FieldReader, FieldReaders } from './file-fields';
import type { FileNode } from './file-tree';
import { ACCEPTS, ORDERS, readForward } from './forward';
import { Unusable, duration, flag, oneOf, whole } from './readers';
import type { Reader } from './readers';
import { nearest } from './spelling';

/** How a route sends. Times are seconds. */
export type Sending = {
  order: Destination['order'];
  concurrency: number;
  hourlyBudget: Destination['hourlyBudget'];
  timeout: number;
  accept: Destination['accept'];
  giveUp: number;
  each: boolean;
  raw: boolean;
};

export const SENDING: FieldReaders<Sending> = {
  order: scalar(oneOf(...ORDERS)),
  concurrency: scalar(whole(1, 100)),
  hourlyBudget: scalar(whole(1, 1_000_000)),
  timeout: scalar(readTimeout),
  accept: scalar(oneOf(...ACCEPTS)),
  giveUp: scalar(duration),
  each: scalar(flag),
  raw: scalar(flag),
};

export const MATCH: FieldReaders<Required<Match>> = {
  kinds(node) {
    const kinds = [...readForward(texts(node))];
    if (kinds.length > 0) return kinds;
    throw new Unusable('has no kind. Leave the route out instead.');
  },
  types: node => texts(node).map(readType),
  phoneNumberIds: node => texts(node).map(readId),
  wabaIds: node => texts(node).map(readId),
  keywords: node => texts(node).map(readKeyword),
};

/** A value that is not a list and holds no other values. */
export function scalar<T>(read: Reader<T>): FieldReader<T> {
  return node => {
    if (node.type === 'text') return read(node.text);
    throw new Unusable('has to be one value.');
  };
}

function readTimeout(given: unknown): number {
  const seconds = duration(given);
  if (seconds >= 1 && seconds <= 300) return seconds;
  throw new Unusable('is not a duration from 1s to 5m.');
}

/** One value, or a list of them. */
function texts(node: FileNode): string[] {
  const nodes = node.type === 'list' ? node.items : [node];
  const found = nodes.map(one => (one.type === 'text' ? one.text.trim() : ''));
  if (found.length > 0 && found.every(text => text !== '')) return found;
  throw new Unusable('has to be a value, or a list of values.');
}

const TYPES: Record<keyof InboundContents | keyof NoticeContents, true> = {
  ...{ text: true, image: true, video: true, audio: true, voice: true },
  ...{ document: true, sticker: true, location: true, contacts: true },
  ...{ reaction: true, button: true, interactive: true, order: true },
  ...{ request_welcome: true, unsupported: true },
  ...{ system: true, edit: true, revoke: true },
};

/** Meta adds new types, so only what is nearly a known one is a fault. */
function readType(text: string): string {
  const type = text.toLowerCase();
  if (Object.hasOwn(TYPES, type)) return type;
  const meant = nearest(type, Object.keys(TYPES), 1);
  if (meant === undefined) return type;
  throw new Unusable(`has an unknown type ${text}. Did you mean ${meant}?`);
}

function readId(text: string): string {
  if (/^\d{5,25}$/.test(text)) return text;
  throw new Unusable(
    'has to be an ID of digits, as Meta shows it; a phone number is none.',
  );
}

function readKeyword(text: string): string {
  const keyword = normalizeWords(text);
  if (keyword !== '' && keyword.length <= 100) return keyword;
  throw new Unusable('has a keyword of nothing, or of more than 100 letters.');
}
