import type { Accept, Kind, Order } from './forwarding';

/** Where forwards of one route go, and how. Times are milliseconds. */
export type Destination = {
  /** The route: forwards carry its name. */
  name: string;
  match: Match;
  /** Whether later routes may take the same events too. */
  isCopy: boolean;
  url: string;
  apiKey: string | undefined;
  /** Sent with each request. */
  headers: Record<string, string>;
  /** How many requests may be on the way at once. */
  concurrency: number;
  /** How many runs it may start in an hour, unless an operator has set another number. */
  hourlyBudget: number | null;
  timeout: number;
  accept: Accept;
  /** How long a forward is tried that fails while others are delivered. */
  giveUpAfter: number;
  isEach: boolean;
  isRaw: boolean;
  order: Order;
};

/** Which events a route takes: all conditions hold; in a list, one value is enough. */
export type Match = {
  kinds: readonly Kind[];
  types?: readonly string[];
  phoneNumberIds?: readonly string[];
  wabaIds?: readonly string[];
  /** Normalized. */
  keywords?: readonly string[];
};

// Of Latin and other letters, and of Arabic ones.
const ACCENTS = /[\u0300-\u036f\u064b-\u0652\u0670]/g;
const INVISIBLE = /\p{Cf}/gu;

/** A text without what two people write differently: case, accents, spaces, width. */
export function normalizeWords(text: string): string {
  return text
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .replace(INVISIBLE, '')
    .toLowerCase()
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .replace(/\s+/g, ' ')
    .trim();
}
