import { NumberStore } from './account/numbers';
import { TemplateStore } from './account/templates';
import { faultQueue } from './faults/queue';
import { MediaStore } from './media/store';

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

/** How the world behaves where Meta's people would decide. */
export interface WorldOptions {
  /** Milliseconds until a new template is approved; 1000 when not given. */
  approvalDelay?: number;
  /** Refuse templates that no account has; else they are accepted as they come. */
  strictTemplates?: boolean;
}

/** All that the sandbox remembers. */
export const createWorld = ({
  approvalDelay = 1000,
  strictTemplates = false,
}: WorldOptions = {}) => {
  const transcript: Entry[] = [];
  const requests: ReceivedRequest[] = [];
  const faults = faultQueue();
  const templates = new TemplateStore(approvalDelay);
  const numbers = new NumberStore();
  /** The apps that get the webhooks of an account. */
  const subscriptions = new Map<string, Record<string, unknown>[]>();
  /** Uploads that were begun, and how long they are to be. */
  const uploads = new Map<string, number>();
  const media = new MediaStore();
  const reset = () => {
    transcript.length = 0;
    requests.length = 0;
    faults.clear();
    templates.clear();
    numbers.clear();
    subscriptions.clear();
    uploads.clear();
    media.clear();
  };
  return {
    transcript,
    requests,
    faults,
    templates,
    numbers,
    subscriptions,
    uploads,
    media,
    strictTemplates,
    reset,
  };
};

export type World = ReturnType<typeof createWorld>;
