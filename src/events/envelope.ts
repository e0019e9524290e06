import { ownOf } from '../core/values';
import type { Payload } from './payload';
import { asObject, asText } from './fields';
import type { Fields } from './fields';
import { indexContacts } from './person';
import type { Contacts } from './person';
import { toIsoTime } from './time';

/** One change of a payload, with what its envelope says of all its items. */
export type Change = {
  field: string | undefined;
  /** Undefined when there is nothing to read. */
  value: Fields | undefined;
  /** Which of our numbers and accounts it is about. */
  place: Place;
  /** When Meta made the notification. */
  time: string | undefined;
  contacts: Contacts;
  raw: unknown;
};

export type Place = {
  phoneNumberId: string | undefined;
  displayPhoneNumber: string | undefined;
  wabaId: string | undefined;
};

const ENTRY_KEYS = new Set(['id', 'time', 'changes', 'field', 'object']);

/** Every change of every entry; what is no change is one without a value. */
export function changesOf(payload: Payload): Change[] {
  return payload.entry.flatMap(entry => {
    const fields = asObject(entry);
    const changes = fields?.['changes'];
    if (fields === undefined || !Array.isArray(changes)) {
      return [readChange(fields ?? {}, entry)];
    }
    return [...(changes as unknown[]), ...restOf(fields)].map(raw =>
      readChange(fields, raw),
    );
  });
}

function readChange(entry: Fields, raw: unknown): Change {
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
