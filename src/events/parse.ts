import type { ParseOptions, WebhookEvents } from '../types';
import type { Context, Result } from '../core/operation';
import { refuse } from '../core/errors';
import { isObject, nameOf, ownOf } from '../core/values';
import {
  asObject,
  asText,
  indexContacts,
  readBytes,
  toIsoTime,
} from './change';
import type { Change, Fields, ListedEvent, Place } from './change';
import { readChange } from './read-change';
import { collapseStatuses } from './status';
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

const ENTRY_KEYS = new Set(['id', 'time', 'changes', 'field', 'object']);

/** Every change of every entry; what is no change is one without a value. */
function changesOf(payload: Payload): Change[] {
  return payload.entry.flatMap(entry => {
    const fields = asObject(entry);
    const changes = fields?.['changes'];
    if (fields === undefined || !Array.isArray(changes)) {
      return [makeChange(fields ?? {}, entry)];
    }
    return [...(changes as unknown[]), ...restOf(fields)].map(raw =>
      makeChange(fields, raw),
    );
  });
}

function makeChange(entry: Fields, raw: unknown): Change {
  const value = asObject(asObject(raw)?.['value']);
  const field = fieldOf(entry, asObject(raw), value);
  // Of `standby`, everything may stand a level lower.
  const inner = asObject(value && ownOf(value, field ?? ''));
  return {
    field,
    value,
    place: placeOf(entry, { ...inner, ...value }),
    time: toIsoTime(entry['time']),
    contacts: indexContacts(value?.['contacts'] ?? inner?.['contacts']),
    raw,
  };
}

/** A handover of a conversation names our number as its recipient. */
function placeOf(entry: Fields, value: Fields): Place {
  const about = asObject(value['metadata']) ?? asObject(value['recipient']);
  return {
    phoneNumberId: asText(about?.['phone_number_id']),
    displayPhoneNumber: asText(about?.['display_phone_number']),
    wabaId: asText(entry['id']),
  };
}

/** Two of Meta's own examples have the field one level too high or too low. */
function fieldOf(entry: Fields, change?: Fields, value?: Fields) {
  return (
    asText(change?.['field']) ??
    asText(entry['field']) ??
    asText(value?.['field'])
  );
}

function restOf(entry: Fields): Fields[] {
  return Object.entries(entry)
    .filter(([name, content]) => !ENTRY_KEYS.has(name) && content !== null)
    .map(([name, content]) => ({ [name]: content }));
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
