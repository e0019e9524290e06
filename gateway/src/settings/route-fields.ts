import * as v from 'valibot';
import type { InboundContents, NoticeContents } from '../../../src/types';
import { normalizeWords } from './destination';
import type { Destination, Match } from './destination';
import type { Fields } from './file-fields';
import { ACCEPTS, ORDERS, kindsSchema } from './forwarding';
import { asUnknown, duration, flag, oneOf, wholeNumber } from './schemas';
import type { Schema } from './schemas';
import { nearest } from './spelling';

/** How a route sends. Times are seconds. */
export type SendOptions = {
  order: Destination['order'];
  concurrency: number;
  hourlyBudget: Destination['hourlyBudget'];
  timeout: number;
  accept: Destination['accept'];
  giveUp: number;
  each: boolean;
  raw: boolean;
};

/** A value that is not a list and holds no other values. */
export function scalar<T>(schema: Schema<T>): Schema<T> {
  return v.pipe(v.string('has to be one value.'), asUnknown<string>(), schema);
}

const TIMEOUT = 'is not a duration from 1s to 5m.';

export const SEND_OPTIONS: Fields<SendOptions> = {
  order: scalar(oneOf(...ORDERS)),
  concurrency: scalar(wholeNumber(1, 100)),
  hourlyBudget: scalar(wholeNumber(1, 1_000_000)),
  timeout: scalar(
    v.pipe(duration, v.minValue(1, TIMEOUT), v.maxValue(300, TIMEOUT)),
  ),
  accept: scalar(oneOf(...ACCEPTS)),
  giveUp: scalar(duration),
  each: scalar(flag),
  raw: scalar(flag),
};

const NO_TEXTS = 'has to be a value, or a list of values.';

/** One value, or a list of them. */
const texts = v.pipe(
  v.union([v.string(), v.array(v.string())], NO_TEXTS),
  v.transform(given => [given].flat().map(text => text.trim())),
  v.check(
    found => found.length > 0 && found.every(text => text !== ''),
    NO_TEXTS,
  ),
);

const TYPES: Record<keyof InboundContents | keyof NoticeContents, true> = {
  ...{ text: true, image: true, video: true, audio: true, voice: true },
  ...{ document: true, sticker: true, location: true, contacts: true },
  ...{ reaction: true, button: true, interactive: true, order: true },
  ...{ request_welcome: true, unsupported: true },
  ...{ system: true, edit: true, revoke: true },
};

/** Meta adds new types, so only what is nearly a known one is a fault. */
const findMeantType = (type: string) =>
  Object.hasOwn(TYPES, type) ? undefined : nearest(type, Object.keys(TYPES), 1);

const type = v.pipe(
  v.string(),
  v.toLowerCase(),
  v.check(
    given => findMeantType(given) === undefined,
    ({ input }) =>
      `has an unknown type ${input}. Did you mean ${findMeantType(input)}?`,
  ),
);

const id = v.pipe(
  v.string(),
  v.regex(
    /^\d{5,25}$/,
    'has to be an ID of digits, as Meta shows it; a phone number is none.',
  ),
);

const KEYWORD = 'has a keyword of nothing, or of more than 100 letters.';

const keyword = v.pipe(
  v.string(),
  v.transform(normalizeWords),
  v.minLength(1, KEYWORD),
  v.maxLength(100, KEYWORD),
);

export const MATCH: Fields<Required<Match>> = {
  kinds: v.pipe(
    texts,
    asUnknown<string[]>(),
    kindsSchema,
    v.transform(kinds => [...kinds]),
    v.minLength(1, 'has no kind. Leave the route out instead.'),
  ),
  types: v.pipe(texts, v.array(type)),
  phoneNumberIds: v.pipe(texts, v.array(id)),
  wabaIds: v.pipe(texts, v.array(id)),
  keywords: v.pipe(texts, v.array(keyword)),
};
