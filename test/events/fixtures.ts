import { parse } from '../../src/events/parse';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { WebhookEvents } from '../../src/types';

const FOLDER = fileURLToPath(new URL('../fixtures/webhooks/', import.meta.url));

export const FIXTURES = readdirSync(FOLDER).map(file =>
  file.replace('.json', ''),
);

/** A payload that nobody can change unnoticed. */
export function payload(fixture: string): unknown {
  return freeze(JSON.parse(readFileSync(`${FOLDER}${fixture}.json`, 'utf8')));
}

/** The only event of a fixture that has one. */
export function only<List extends keyof WebhookEvents>(
  list: List,
  fixture: string,
): WebhookEvents[List][number] {
  const events = parse(payload(fixture));
  const [event, ...others] = all(events);
  if (others.length > 0 || event !== events[list][0]) {
    throw new Error(`${fixture} is not one event of ${list}`);
  }
  return event as WebhookEvents[List][number];
}

export function all(events: WebhookEvents): { raw: unknown }[] {
  return Object.values(events).flat();
}

/** A webhook with one change. */
export function webhook(field: string | undefined, value: unknown) {
  return { entry: [{ id: '1', changes: [{ field, value }] }] };
}

export function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  Object.values(value).forEach(freeze);
  return Object.freeze(value);
}
