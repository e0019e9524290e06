import type { Kind } from '../settings/forward';

/** An event as the table `events` keeps it. */
export type StoredEvent = {
  id: string;
  /** The same for the same event, whenever and in whatever webhook it comes. */
  key: string;
  kind: Kind;
  direction: 'in' | 'out' | null;
  message_id: string | null;
  /** The person's number in digits. */
  contact: string | null;
  user_id: string | null;
  group_id: string | null;
  name: string | null;
  phone_number_id: string | null;
  happened_at: string;
  window_ends_at: string | null;
  /** The event as `parse` gives it, as JSON. */
  item: string;
};

/** What only some kinds of event have. */
export type Facts = Partial<
  Pick<
    StoredEvent,
    | 'direction'
    | 'message_id'
    | 'contact'
    | 'user_id'
    | 'group_id'
    | 'name'
    | 'window_ends_at'
  >
>;

/** What tells about a message that was sent: its statuses and its echo. The indexes have the same condition. */
export const SENT = `direction = 'out' AND kind IN ('statuses', 'account') AND message_id IS NOT NULL`;
