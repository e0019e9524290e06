import type {
  ParseOptions,
  WebhookEvents,
  MessageStatus,
  StatusContents,
} from '../types';
import type { Context, Result } from '../core/operation';
import { refuse } from '../core/errors';
import { isObject, nameOf } from '../core/values';
import { changesOf } from './change';
import type { ListedEvent } from './change';
import { readBytes } from './fields';
import { readChange } from './read-change';
import { readOptions } from '../core/arguments';

/** Every event of a payload, flat, each once, in the order it came. */
export function parse(payload: unknown, options?: unknown): WebhookEvents {
  const { collapse } = readOptions<ParseOptions>(options, ['collapse']);
  const changes = changesOf(readPayload(payload));
  const events = groupByList(withoutDuplicates(changes.flatMap(readChange)));
  if (!collapse) return events;
  return { ...events, statuses: collapseStatuses(events.statuses) };
}

/** Leaves the events of a webhook; by default of the one that started the run. */
export function readWebhook(
  { data }: Context,
  payload: unknown,
  options: unknown,
): Result {
  return { data: parse(payload ?? data, options) };
}

function groupByList(found: ListedEvent[]): WebhookEvents {
  const events: WebhookEvents = {
    messages: [],
    notices: [],
    statuses: [],
    calls: [],
    account: [],
    unknown: [],
  };
  for (const { list, event } of found) (events[list] as unknown[]).push(event);
  return events;
}

/** A payload of Meta's, of which only the envelope is sure. */
export type Payload = { entry: unknown[] };

/** The payload as an object with entries, or an error that says what it is instead. */
function readPayload(given: unknown): Payload {
  const payload = readJson(given);
  if (isPayload(payload)) return payload;
  return refuse(
    'NOT_A_WEBHOOK',
    `The payload is ${describe(given, payload)}, not a webhook from Meta.`,
    adviceFor(payload),
  );
}

function isPayload(value: unknown): value is Payload {
  return isObject(value) && Array.isArray(value['entry']);
}

function readJson(given: unknown): unknown {
  const text = readBytes(given)?.toString('utf8');
  if (text === undefined) return given;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function describe(given: unknown, payload: unknown): string {
  if (isObject(payload)) return 'an object without a list named entry';
  if (readBytes(given)?.length && payload === undefined) {
    return 'text that is not JSON';
  }
  return nameOf(payload ?? given);
}

function adviceFor(payload: unknown): string {
  if (isObject(payload)) {
    if (isPayload(payload['data'])) {
      return 'It looks like the whole state: pass its data, $.data in a job.';
    }
    if (isPayload(payload['body'])) {
      return 'It looks like the whole request: pass its body only.';
    }
    if (Array.isArray(payload['messages']) && 'unknown' in payload) {
      return 'It looks parsed already: use its messages and statuses as they are.';
    }
  }
  if (nameOf(payload) === 'a list' && (payload as unknown[]).some(isPayload)) {
    return 'It looks like a list of webhooks: pass them one by one, with each() in a job.';
  }
  return 'Pass the body of the request as Meta sent it: an object with a list named entry. In a job that a webhook starts it is $.data.';
}

/** The events, each once: Meta repeats itself, also within a payload. */
function withoutDuplicates(found: ListedEvent[]): ListedEvent[] {
  const seen = new Set<string>();
  return found.filter(one => {
    const key = comparableKey(one);
    if (key === undefined) return true;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

function comparableKey({ list, event }: ListedEvent): string | undefined {
  try {
    return eventKey(list, event);
  } catch {
    // Nested too deep to compare, but not too deep to keep.
    return undefined;
  }
}

/** The same text for the same event, in whatever webhook it comes. */
export function eventKey<Kind extends keyof WebhookEvents>(
  kind: Kind,
  event: WebhookEvents[Kind][number],
): string {
  return JSON.stringify([
    kind,
    ...identityOf({ list: kind, event } as ListedEvent),
  ]);
}

/** What tells an event from the others of its list. */
function identityOf({ list, event }: ListedEvent): unknown[] {
  switch (list) {
    case 'messages':
    case 'notices':
      return [event.id];
    case 'statuses':
      return [event.id, event.status, event.participant];
    case 'calls':
      return [event.id, event.event, event.status];
    default:
      return [
        event.field,
        event.wabaId,
        event.phoneNumberId,
        event.timestamp,
        event.raw,
      ];
  }
}

// `read` comes without `delivered`, and everything in any order.
const RANKS: Record<keyof StatusContents, number> = {
  sent: 0,
  delivered: 1,
  read: 2,
  played: 3,
  failed: 4,
};
const RANK: ReadonlyMap<string, number> = new Map(Object.entries(RANKS));

/**
 * The furthest status of each message, in the place of its first one; in a
 * group, of each participant. A status that we do not know stays beside it.
 */
export function collapseStatuses(statuses: MessageStatus[]): MessageStatus[] {
  const furthest = new Map<string, MessageStatus>();
  for (const status of statuses) {
    const key = statusKey(status);
    const before = furthest.get(key);
    if (!before || rankOf(status) > rankOf(before)) furthest.set(key, status);
  }
  return [...furthest.values()];
}

function statusKey({ id, participant, status }: MessageStatus): string {
  return JSON.stringify([id, participant, RANK.has(status) ? '' : status]);
}

function rankOf({ status }: MessageStatus): number {
  return RANK.get(status) ?? -1;
}
