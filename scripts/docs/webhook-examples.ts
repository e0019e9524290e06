import { parse } from '../../src/events/parse';
import { readFileSync, readdirSync } from 'node:fs';
import type { WebhookEvents } from '../../src/types';

const EXAMPLES = 'test/fixtures/webhooks';

/** A webhook, the first event that it tells, and all that becomes of it. */
export type Example = {
  list: keyof WebhookEvents;
  name: string;
  event: Record<string, unknown>;
  payload: unknown;
};

/** Every example of one webhook, the plainest first. */
export function readExamples(): Example[] {
  const names = readdirSync(EXAMPLES).filter(
    name => !['several.json', 'damaged.json'].includes(name),
  );
  names.sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  return names.flatMap(name => {
    const text = readFileSync(`${EXAMPLES}/${name}`, 'utf8');
    const payload: unknown = JSON.parse(text);
    const [found] = Object.entries(parse(payload)).flatMap(([list, events]) =>
      events.slice(0, 1).map(event => ({ list, event })),
    );
    return found === undefined ? [] : [{ ...found, name, payload } as Example];
  });
}

/** One example; of what has types inside, one of each. */
export function pick(examples: Example[]): Example[] {
  const picked = new Map<unknown, Example>();
  for (const example of examples) {
    const { interactive, event, recipientType } = example.event;
    const inner =
      (interactive as { type?: string } | undefined)?.type ??
      event ??
      recipientType;
    if (!picked.has(inner)) picked.set(inner, example);
  }
  return [...picked.values()];
}

/** What `parse` makes of a webhook, as the page shows it: without empty lists and `raw`. */
export function resultOf(payload: unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(parse(payload))
      .filter(([, events]) => events.length > 0)
      .map(([list, events]) => [
        list,
        events.map(({ raw: _, ...event }) => event as object),
      ]),
  );
}
