import type { Payload } from './payload';
import { asObject, asText, objectsOf } from './fields';
import type { Fields } from './fields';
import { toIsoTime } from './time';

/** One change of a payload, with what its envelope says of all its items. */
export type Change = {
  field: string | undefined;
  /** Undefined when there is nothing to read. */
  value: Fields | undefined;
  wabaId: string | undefined;
  phoneNumberId: string | undefined;
  /** When Meta made the notification. */
  time: string | undefined;
  contacts: Fields[];
  raw: unknown;
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
  return {
    field: fieldOf(entry, asObject(raw), value),
    value,
    wabaId: asText(entry['id']),
    phoneNumberId: asText(asObject(value?.['metadata'])?.['phone_number_id']),
    time: toIsoTime(entry['time']),
    contacts: objectsOf(value?.['contacts']),
    raw,
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
