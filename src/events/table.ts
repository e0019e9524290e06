import type { AccountContents } from '../types';
import { readAccount, readAccountError, readLostErrors } from './account';
import { readCall, readCallStatus } from './call';
import type { Change } from './envelope';
import type { Fields } from './fields';
import type { Found } from './found';
import { readEcho, readHistory, readOld, readStandby } from './kept-message';
import { readMessage, readNotice, typeOf } from './message';
import { readStatus } from './status';
import { isNotice } from './window';

/** Makes events of an item of a list; none when it cannot be one. */
export type Reader = (item: Fields, change: Change) => Found[];

/** The lists in the value of a field, and how their items are read. */
export type Lists = ReadonlyMap<string, Reader>;

type Read<E> = (item: Fields, change: Change) => E | undefined;

function to<List extends Found['list']>(
  list: List,
  read: Read<Extract<Found, { list: List }>['event']>,
): Reader {
  return (item, change) => {
    const event = read(item, change);
    if (event !== undefined) return [{ list, event } as Found];
    const errors = readLostErrors(item, change);
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
export const CONVERSATION = lists(['messages', orNotice(message)], call);

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

export const ACCOUNT: ReadonlyMap<string, Lists> = new Map(
  Object.entries(FIELDS),
);
