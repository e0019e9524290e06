import { createHash } from 'node:crypto';
import type { WebhookEvents } from '../../../src/types';
import { eventKey } from '../../../src/webhook';
import { nextId } from '../ids';
import type { Kind } from '../settings/forward';
import { KINDS } from '../settings/forward';
import type { Facts, StoredEvent } from './event';
import {
  factsOfAccount,
  factsOfCall,
  factsOfMessage,
  factsOfNotice,
  factsOfStatus,
} from './facts';

/** An event of a webhook: what `parse` gave, and the row that keeps it. */
export type ReadEvent = {
  kind: Kind;
  /** Meta's item, the same object as in the payload. */
  raw: unknown;
  item: Item;
  row: StoredEvent;
};

type Item = WebhookEvents[Kind][number];

/** The rows of all events of a webhook that came `now`, in its order. */
export function readEvents(
  events: WebhookEvents,
  now: string = new Date().toISOString(),
): ReadEvent[] {
  return KINDS.flatMap(kind =>
    events[kind].map((item: Item) => ({
      kind,
      raw: item.raw,
      item,
      row: rowOf(kind, item, now),
    })),
  );
}

function rowOf(kind: Kind, item: Item, now: string): StoredEvent {
  const facts = factsOf(kind, item);
  return {
    id: nextId(),
    key: keyOf(kind, item, now),
    kind,
    direction: facts.direction ?? null,
    message_id: clip(facts.message_id),
    contact: clip(facts.contact),
    user_id: clip(facts.user_id),
    group_id: clip(facts.group_id),
    name: clip(facts.name),
    phone_number_id: clip(item.phoneNumberId),
    happened_at: item.timestamp ?? now,
    window_ends_at: facts.window_ends_at ?? null,
    item: JSON.stringify(item),
  };
}

function factsOf(kind: Kind, item: Item): Facts {
  switch (kind) {
    case 'messages':
      return factsOfMessage(item as WebhookEvents['messages'][number]);
    case 'notices':
      return factsOfNotice(item as WebhookEvents['notices'][number]);
    case 'statuses':
      return factsOfStatus(item as WebhookEvents['statuses'][number]);
    case 'calls':
      return factsOfCall(item as WebhookEvents['calls'][number]);
    case 'account':
      return factsOfAccount(item as WebhookEvents['account'][number]);
    case 'unknown':
      return {};
  }
}

/** A hash, because an index holds no key of any length. */
function keyOf(kind: Kind, item: Item, now: string): string {
  // Meta gives errors no time, and those of another day are new ones.
  const timestamp = item.timestamp ?? now.slice(0, 'YYYY-MM-DD'.length);
  const identity = eventKey(kind, { ...item, timestamp });
  return createHash('sha256').update(identity).digest('base64url');
}

/** PostgreSQL's texts hold no NUL and no half of a character, its indexes no text of any length. */
function clip(text: string | null | undefined): string | null {
  if (!text) return null;
  const short = text.replaceAll('\0', '').slice(0, 500);
  return short.replace(/\p{Surrogate}/gu, '\ufffd');
}
