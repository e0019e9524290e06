import { isObject } from '../core/values';
import { readAccount } from './account';
import type { Change } from './envelope';
import { asObject } from './fields';
import type { Fields } from './fields';
import { readUnknown } from './found';
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
  if (value === undefined) return [readUnknown(change.raw, change)];
  const lists = ACCOUNT.get(field ?? '');
  if (lists === undefined) {
    // Another field with messages in it may not be for us to answer.
    const isOurs = [undefined, 'messages', 'calls'].includes(field);
    const found = isOurs ? readLists(value, CONVERSATION, change) : [];
    return found.length > 0 ? found : [readUnknown(change.raw, change)];
  }
  const parts = partsOf(value, field);
  const found = parts.some(part => hasAny(part, lists))
    ? parts.flatMap(part => readLists(part, lists, change))
    : [];
  if (found.length > 0) return found;
  return [{ list: 'account', event: readAccount(value, change) }];
}

/** The lists of `standby` stand a level lower, under that name. */
function partsOf(value: Fields, field = ''): Fields[] {
  const { [field]: lower, ...rest } = value;
  const inner = asObject(lower);
  return inner === undefined ? [value] : [rest, inner];
}

function hasAny(value: Fields, lists: Lists): boolean {
  return [...lists.keys()].some(name => Array.isArray(value[name]));
}

function readLists(value: Fields, lists: Lists, change: Change): Found[] {
  return Object.entries(value).flatMap(([name, content]) => {
    if (AROUND.has(name) || content === null) return [];
    const reader = lists.get(name);
    if (reader === undefined || !Array.isArray(content)) {
      return [readUnknown({ [name]: content }, change)];
    }
    const items: unknown[] = content;
    return items.flatMap(item => {
      const found = isObject(item) ? reader(item, change) : [];
      return found.length > 0 ? found : [readUnknown(item, change)];
    });
  });
}
