import { parse } from '../../../src/webhook';
import type { Kind } from '../settings/forwarding';
import { readEvents } from '../store/event-columns';
import type { ReadEvent } from '../store/event-columns';
import type { Webhook } from '../forward/payload-filter';

/** An event as it is kept. */
export type KeptEvent = {
  id: string;
  key: string;
  kind: Kind;
  /** What `parse` gave, as JSON. */
  item: string;
  /** When it was stored, as ISO time. */
  time: string;
};

type Item = Record<string, unknown> & { raw: unknown };

/**
 * A webhook with nothing but this event, in Meta's shape, which reads as the
 * same event; undefined when there is none.
 */
export function rebuild(
  kept: KeptEvent,
): { webhook: Webhook; event: ReadEvent } | undefined {
  const item = JSON.parse(kept.item) as Item;
  for (const [field, value] of candidates(kept.kind, item)) {
    const payload = payloadOf(item, field, value);
    const [event, another] = readSafely(payload, kept.time);
    if (another !== undefined || event === undefined) continue;
    if (event.kind !== kept.kind || event.row.key !== kept.key) continue;
    const webhook = { raw: JSON.stringify(payload), signature: '', payload };
    return { webhook, event: { ...event, row: { ...event.row, id: kept.id } } };
  }
  return undefined;
}

function readSafely(payload: object, time: string): ReadEvent[] {
  try {
    return readEvents(parse(payload), time);
  } catch {
    return [];
  }
}

const LISTS: Partial<Record<Kind, [string, string][]>> = {
  messages: [['messages', 'messages']],
  notices: [['messages', 'messages']],
  statuses: [['messages', 'statuses']],
  calls: [
    ['calls', 'calls'],
    ['calls', 'statuses'],
  ],
};

const ACCOUNT_LISTS = [
  ...['messages', 'message_echoes', 'state_sync', 'groups', 'history'],
];

/** Fields and values in which such an event may have come. */
function candidates(kind: Kind, item: Item): [string, unknown][] {
  const lists = LISTS[kind];
  const inList = (list: string) => ({
    messaging_product: 'whatsapp',
    metadata: {
      display_phone_number: item['displayPhoneNumber'],
      phone_number_id: item['phoneNumberId'],
    },
    ...(item['contact'] !== undefined && { contacts: [item['contact']] }),
    [list]: [item.raw],
  });
  if (lists !== undefined) {
    return lists.map(([field, list]) => [field, inList(list)]);
  }
  const field = typeof item['field'] === 'string' ? item['field'] : '';
  if (field === 'errors') return [['messages', inList('errors')]];
  const names = [field, ...ACCOUNT_LISTS];
  return [
    [field, item.raw],
    ...names.map((list): [string, unknown] => [field, inList(list)]),
  ];
}

function payloadOf(item: Item, field: string, value: unknown): object {
  const { wabaId, timestamp } = item;
  const time = typeof timestamp === 'string' ? Date.parse(timestamp) : NaN;
  return {
    object: 'whatsapp_business_account',
    entry: [
      {
        id: wabaId,
        ...(!Number.isNaN(time) && { time: Math.floor(time / 1000) }),
        changes: [{ field, value }],
      },
    ],
  };
}
