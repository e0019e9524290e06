import { faultQueue } from './faults/queue';

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
  rawBody: string;
}

/** All that the sandbox remembers. */
export const createWorld = () => {
  const transcript: Entry[] = [];
  const requests: ReceivedRequest[] = [];
  const faults = faultQueue();
  const reset = () => {
    transcript.length = 0;
    requests.length = 0;
    faults.clear();
  };
  return { transcript, requests, faults, reset };
};

export type World = ReturnType<typeof createWorld>;
