import type { WebhookEvents } from '../types';

/** An event, and the list of the result that it belongs to. */
export type Found = {
  [List in keyof WebhookEvents]: {
    list: List;
    event: WebhookEvents[List][number];
  };
}[keyof WebhookEvents];
