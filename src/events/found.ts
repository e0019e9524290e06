import type { UnknownEvent, WebhookEvents } from '../types';
import type { Change } from './envelope';
import { present } from './fields';

/** An event, and the list of the result that it belongs to. */
export type Found = {
  [List in keyof WebhookEvents]: {
    list: List;
    event: WebhookEvents[List][number];
  };
}[keyof WebhookEvents];

/** What is not understood, whole. */
export function readUnknown(raw: unknown, change: Change): Found {
  const { field, place, time } = change;
  const event = present<UnknownEvent>({
    field,
    ...place,
    timestamp: time,
    raw,
  });
  return { list: 'unknown', event };
}
