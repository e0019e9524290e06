import type { Entry, ReceivedRequest } from './core/transcript';
import { NumberStore } from './account/numbers';
import { TemplateStore } from './account/templates';
import { faultQueue } from './faults/queue';
import { MediaStore } from './media/store';

/** How the simulator decides where people at Meta would. */
export interface StateOptions {
  /** Milliseconds until a new template is approved; 1000 when not given. */
  approvalDelay?: number;
  /** Refuse templates that no account has; else they are accepted as they come. */
  strictTemplates?: boolean;
}

/** All that the simulator keeps in memory. */
export const createState = ({
  approvalDelay = 1000,
  strictTemplates = false,
}: StateOptions = {}) => {
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

export type State = ReturnType<typeof createState>;
