import { isObject } from '../core/values';
import type { AccountContents } from '../types';
import { readAccount, readAccountError, readItemErrors } from './account';
import type { Change, Fields, ListedEvent } from './change';
import { asObject, readUnknown } from './change';
import { readCall, readCallStatus } from './call';
import { readEcho, readHistory, readOld, readStandby } from './kept-message';
import { readMessage, readNotice, typeOf, isNotice } from './message';
import { readStatus } from './status';

// What is said of all items; `field` and `object` in case they sit too low.
const ENVELOPE_KEYS = new Set([
  'messaging_product',
  'metadata',
  'contacts',
  'field',
  'object',
]);

/** Every event of a change. What is not understood is kept whole, as unknown. */
export function readChange(change: Change): ListedEvent[] {
  const { value, field } = change;
  if (value === undefined) return [readUnknown(change.raw, change)];
  const lists = ACCOUNT_LISTS.get(field ?? '');
  if (lists === undefined) {
    // Another field with messages in it may not be for us to answer.
    const isOurs = [undefined, 'messages', 'calls'].includes(field);
    const found = isOurs ? readLists(value, CONVERSATION_LISTS, change) : [];
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

function readLists(value: Fields, lists: Lists, change: Change): ListedEvent[] {
  return Object.entries(value).flatMap(([name, content]) => {
    if (ENVELOPE_KEYS.has(name) || content === null) return [];
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

/** Makes events of an item of a list; none when it cannot be one. */
type Reader = (item: Fields, change: Change) => ListedEvent[];

/** The lists in the value of a field, and how their items are read. */
type Lists = ReadonlyMap<string, Reader>;

type Read<E> = (item: Fields, change: Change) => E | undefined;

function to<List extends ListedEvent['list']>(
  list: List,
  read: Read<Extract<ListedEvent, { list: List }>['event']>,
): Reader {
  return (item, change) => {
    const event = read(item, change);
    if (event !== undefined) return [{ list, event } as ListedEvent];
    const errors = readItemErrors(item, change);
    return errors === undefined ? [] : [{ list: 'account', event: errors }];
  };
}

const notice = to('notices', readNotice);
const status = to('statuses', readStatus);
const callStatus = to('calls', readCallStatus);

/** A notice comes among the messages. */
const orNotice =
  (read: Reader): Reader =>
  (item, change) =>
    isNotice(typeOf(item)) ? notice(item, change) : read(item, change);

/** What comes beside the items of any field. */
const BESIDE: [string, Reader][] = [
  [
    'statuses',
    (item, change) =>
      item['type'] === 'call' || change.field === 'calls'
        ? callStatus(item, change)
        : status(item, change),
  ],
  ['errors', to('account', readAccountError)],
];

const lists = (...items: [string, Reader][]): Lists =>
  new Map([...items, ...BESIDE]);

const message = to('messages', readMessage);
const standby = to('account', readStandby);
const echo = to('account', readEcho);
const old = to('account', readOld);
const item = to('account', readAccount);
const call: [string, Reader] = ['calls', to('calls', readCall)];

/** What the fields `messages` and `calls` hold. */
const CONVERSATION_LISTS = lists(['messages', orNotice(message)], call);

const groups = lists(['groups', item]);
const whole: Lists = new Map();

/** The fields about everything else; without lists, the value is one event. */
const FIELDS: Record<Exclude<keyof AccountContents, 'errors'>, Lists> = {
  account_alerts: whole,
  account_review_update: whole,
  account_settings_update: whole,
  account_update: whole,
  automatic_events: lists(['automatic_events', item]),
  business_capability_update: whole,
  business_username_updates: whole,
  flows: whole,
  group_lifecycle_update: groups,
  group_participants_update: groups,
  group_settings_update: groups,
  group_status_update: groups,
  history: lists(
    ['history', readHistory],
    ['messages', old],
    ['message_echoes', echo],
  ),
  message_echoes: lists(['message_echoes', echo]),
  message_template_components_update: whole,
  message_template_quality_update: whole,
  message_template_status_update: whole,
  messaging_handovers: lists(['messaging_handovers', item]),
  partner_solutions: whole,
  payment_configuration_update: whole,
  phone_number_name_update: whole,
  phone_number_quality_update: whole,
  security: whole,
  smb_app_state_sync: lists(['state_sync', item]),
  smb_message_echoes: lists(['message_echoes', echo]),
  standby: lists(
    ['messages', orNotice(standby)],
    ['message_echoes', echo],
    call,
  ),
  template_category_update: whole,
  tracking_events: lists(['tracking_events', item]),
  user_id_update: lists(['user_id_update', item]),
  user_preferences: lists(['user_preferences', item]),
};

const ACCOUNT_LISTS: ReadonlyMap<string, Lists> = new Map(
  Object.entries(FIELDS),
);
