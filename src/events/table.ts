import { readAccount, readAccountError, readEcho } from './account';
import { readCall, readCallStatus } from './call';
import type { Change } from './envelope';
import type { Fields } from './fields';
import type { Found } from './found';
import { readMessage } from './message';
import { readStatus } from './status';

/** Makes an event of an item of a list; undefined when it cannot be one. */
export type Reader = (item: Fields, change: Change) => Found | undefined;

/** The lists in the value of a field, and how their items are read. */
export type Lists = ReadonlyMap<string, Reader>;

type Read<E> = (item: Fields, change: Change) => E | undefined;

function to<List extends Found['list']>(
  list: List,
  read: Read<Extract<Found, { list: List }>['event']>,
): Reader {
  return (item, change) => {
    const event = read(item, change);
    return event && ({ list, event } as Found);
  };
}

const status = to('statuses', readStatus);
const callStatus = to('calls', readCallStatus);

/** What the fields `messages` and `calls` hold. */
export const CONVERSATION: Lists = new Map<string, Reader>([
  ['messages', to('messages', readMessage)],
  [
    'statuses',
    (item, change) =>
      item['type'] === 'call' || change.field === 'calls'
        ? callStatus(item, change)
        : status(item, change),
  ],
  ['calls', to('calls', readCall)],
  ['errors', to('account', readAccountError)],
]);

const item = to('account', readAccount);
const echo = to('account', readEcho);
const groups: Lists = new Map([['groups', item]]);
const whole: Lists = new Map();

/** The fields about everything else; without lists, the value is one event. */
export const ACCOUNT: ReadonlyMap<string, Lists> = new Map([
  ['account_alerts', whole],
  ['account_review_update', whole],
  ['account_settings_update', whole],
  ['account_update', whole],
  ['automatic_events', new Map([['automatic_events', item]])],
  ['business_capability_update', whole],
  ['business_username_updates', whole],
  ['flows', whole],
  ['group_lifecycle_update', groups],
  ['group_participants_update', groups],
  ['group_settings_update', groups],
  ['group_status_update', groups],
  [
    'history',
    new Map([
      ['history', item],
      ['messages', echo],
      ['message_echoes', echo],
    ]),
  ],
  ['message_echoes', new Map([['message_echoes', echo]])],
  ['message_template_components_update', whole],
  ['message_template_quality_update', whole],
  ['message_template_status_update', whole],
  ['partner_solutions', whole],
  ['payment_configuration_update', whole],
  ['phone_number_name_update', whole],
  ['phone_number_quality_update', whole],
  ['security', whole],
  ['smb_app_state_sync', new Map([['state_sync', item]])],
  ['smb_message_echoes', new Map([['message_echoes', echo]])],
  ['template_category_update', whole],
  ['user_id_update', new Map([['user_id_update', item]])],
  ['user_preferences', new Map([['user_preferences', item]])],
]);
