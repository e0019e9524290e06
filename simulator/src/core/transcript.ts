interface EntryBase {
  direction: 'outbound';
  phoneNumberId: string;
  /** When it arrived here, in ISO 8601. */
  timestamp: string;
  /** The whole body, as it was received. */
  message: Record<string, unknown>;
}

/** A message that was accepted: `to` a number or group, or to a `recipient`. */
export interface MessageEntry extends EntryBase {
  kind: 'message';
  id: string;
  to?: string;
  recipient?: string;
  type: string;
}

/** A message from a person that was marked as read; `id` is that message's. */
export interface ReadEntry extends EntryBase {
  kind: 'read';
  id: string;
  type: 'read';
}

export type Entry = MessageEntry | ReadEntry;

/** A call as it arrived, for tests. Whether it had a token is told, never which. */
export interface ReceivedRequest {
  method: string;
  path: string;
  query: string;
  contentType: string | undefined;
  userAgent: string | undefined;
  authorization: boolean;
  /** As UTF-8; of a form, its beginning with one character for each byte. */
  rawBody: string;
}
