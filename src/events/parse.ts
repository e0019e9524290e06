import type { ParseOptions, WebhookEvents } from '../types';
import { readOptions } from '../core/options';
import { collapseStatuses } from './collapse';
import { withoutDuplicates } from './duplicates';
import { changesOf } from './envelope';
import type { Found } from './found';
import { readPayload } from './payload';
import { readChange } from './read-change';

/** Every event of a payload, flat, each once, in the order it came. */
export function parse(payload: unknown, options?: unknown): WebhookEvents {
  const { collapse } = readOptions<ParseOptions>(options, ['collapse']);
  const changes = changesOf(readPayload(payload));
  const events = gather(withoutDuplicates(changes.flatMap(readChange)));
  if (!collapse) return events;
  return { ...events, statuses: collapseStatuses(events.statuses) };
}

function gather(found: Found[]): WebhookEvents {
  const events: WebhookEvents = {
    messages: [],
    notices: [],
    statuses: [],
    calls: [],
    account: [],
    unknown: [],
  };
  for (const { list, event } of found) (events[list] as unknown[]).push(event);
  return events;
}
