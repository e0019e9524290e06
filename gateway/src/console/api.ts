import type { Kind } from '../settings/forwarding';

// What the console and its server tell each other.

/** What became of a forward; `setAside` waits too, and failed while others passed. */
export const FORWARD_STATES = [
  'waiting',
  'setAside',
  'delivered',
  'dead',
  'discarded',
] as const;
export type ForwardState = (typeof FORWARD_STATES)[number];

/** Which events; all of them when nothing is given. */
export type EventFilter = {
  kind?: Kind | undefined;
  /** A number in digits, or a user ID. */
  contact?: string | undefined;
  phoneNumberId?: string | undefined;
  /** Of one of its forwards, or `none` when it has no forward. */
  state?: ForwardState | 'none' | undefined;
  /** When it came; ISO times, `to` excluded. */
  from?: string | undefined;
  to?: string | undefined;
};

/** An event in a list: neither its words nor the whole number of a person. */
export type ListedEvent = {
  id: string;
  kind: Kind;
  /** The type of message, the status, or the field, where it is known. */
  detail?: string;
  direction?: 'in' | 'out';
  /** Masked. */
  person?: string;
  phoneNumberId?: string;
  receivedAt: string;
  states: ForwardState[];
};

export type EventPage = {
  data: ListedEvent[];
  /** Where the search goes on; missing at the end. */
  after?: string;
  /** Up to when it has searched. */
  searchedTo?: string;
};

export type Attempt = {
  number: number;
  at: string;
  durationMs: number;
  /** Missing when it was delivered. */
  code?: string;
  advice?: string;
  statusCode?: number;
  contentType?: string;
  workOrderId?: string;
};

export type ForwardDetail = {
  id: string;
  route: string;
  state: ForwardState;
  /** How often it was sent; the last attempts are listed, the latest first. */
  attempts: number;
  listed: Attempt[];
  dueAt?: string;
  deliveredAt?: string;
  diedAt?: string;
};

export type EventDetail = {
  id: string;
  kind: Kind;
  direction?: 'in' | 'out';
  contact?: string;
  userId?: string;
  groupId?: string;
  name?: string;
  phoneNumberId?: string;
  messageId?: string;
  happenedAt: string;
  receivedAt: string;
  /** The event as JSON, possibly cut. */
  item: string;
  isCut: boolean;
  forwards: ForwardDetail[];
};

export type ActionName = 'replay' | 'discard';

/** A step of an action; the console asks for one step after the other. */
export type ActionRequest = {
  action: ActionName;
  /** The events, by ID; or those that a filter finds. */
  ids?: string[];
  filter?: EventFilter;
  after?: string;
  /** From the answer to the first step that only counts: what was sent after it is left alone. */
  startedAt?: string;
  /** Only counts. */
  dryRun: boolean;
};

export type ActionAnswer = {
  /** Forwards that were changed, or would be. */
  count: number;
  /** Forwards that are on the way just now, and were left alone. */
  busy: number;
  startedAt: string;
  after?: string;
};

/** What happened in a piece of time. */
export type Interval = {
  at: string;
  events: number;
  delivered: number;
  failed: number;
  /** Seconds; missing when there was nothing to measure. */
  webhookP50?: number;
  webhookP95?: number;
  forwardP50?: number;
  forwardP95?: number;
};

export const SPANS = ['hour', 'day', 'week'] as const;
export type Span = (typeof SPANS)[number];

export type Overview = {
  now: string;
  /** Why the gateway takes no webhooks; missing when it does. */
  problem?: { code: string; message: string; fix: string };
  waiting: number;
  setAside: number;
  dead: number;
  discarded: number;
  oldestWaitingSeconds: number;
  quarantine: number;
  /** In the time of the intervals. */
  delivered: number;
  failed: number;
  events: Partial<Record<Kind, number>>;
  intervals: Interval[];
};

export type ErrorAnswer = {
  error: { code: string; message: string; fix: string };
};
