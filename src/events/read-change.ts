import type { UnknownEvent } from '../types';
import { isObject } from '../core/values';
import { readAccount } from './account';
import type { Change } from './envelope';
import { present } from './fields';
import type { Fields } from './fields';
import type { Found } from './found';
import { ACCOUNT, CONVERSATION } from './table';
import type { Lists } from './table';

// What is said of all items; `field` and `object` in case they sit too low.
const AROUND = new Set([
  'messaging_product',
  'metadata',
  'contacts',
  'field',
  'object',
]);

/** Every event of a change. What is not understood is kept whole, as unknown. */
export function readChange(change: Change): Found[] {
  const { value, field } = change;
  if (value === undefined) return [unknown(change.raw, change)];
  const lists = ACCOUNT.get(field ?? '');
  if (lists === undefined) {
    // Another field with messages in it, say `standby`, is not for us to answer.
    const isOurs = [undefined, 'messages', 'calls'].includes(field);
    const found = isOurs ? readLists(value, CONVERSATION, change) : [];
    return found.length > 0 ? found : [unknown(change.raw, change)];
  }
  const found = hasAny(value, lists) ? readLists(value, lists, change) : [];
  if (found.length > 0) return found;
  return [{ list: 'account', event: readAccount(value, change) }];
}

function hasAny(value: Fields, lists: Lists): boolean {
  return [...lists.keys()].some(name => Array.isArray(value[name]));
}

function readLists(value: Fields, lists: Lists, change: Change): Found[] {
  return Object.entries(value).flatMap(([name, content]) => {
    if (AROUND.has(name) || content === null) return [];
    const reader = lists.get(name);
    if (reader === undefined || !Array.isArray(content)) {
      return [unknown({ [name]: content }, change)];
    }
    const items: unknown[] = content;
    return items.map(
      item =>
        (isObject(item) ? reader(item, change) : undefined) ??
        unknown(item, change),
    );
  });
}

function unknown(raw: unknown, change: Change): Found {
  const { field, wabaId, phoneNumberId, time } = change;
  const event = present<UnknownEvent>({
    field,
    wabaId,
    phoneNumberId,
    timestamp: time,
    raw,
  });
  return { list: 'unknown', event };
}
