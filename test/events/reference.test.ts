import { parse } from '../../src/events/parse';
import { expect } from 'chai';
import { readWebhooks } from '../reference';
import { all, freeze } from './fixtures';

type Changes = { entry: { changes: { value: Record<string, unknown> }[] }[] };

/** Fixtures that are wrong, new or repeated by design. */
const STRANGE = /damaged|unknown|-new|field-too|several/;

describe('webhooks as Meta documents them', () => {
  const files = readWebhooks().filter(([file]) => !STRANGE.test(file)) as [
    string,
    Changes,
  ][];

  it('are there', () => expect(files).to.not.be.empty);

  for (const [file, webhook] of files)
    it(`are understood, and nothing is lost: ${file}`, () => {
      const events = parse(freeze(webhook));

      expect(events.unknown).to.be.empty;
      expect(all(events).map(({ raw }) => raw)).to.deep.equal(itemsOf(webhook));
    });
});

const LISTS = [
  'messages',
  'statuses',
  'calls',
  'errors',
  'groups',
  'history',
  'message_echoes',
  'state_sync',
  'user_preferences',
  'automatic_events',
  'user_id_update',
  'tracking_events',
];

/** The items in the lists of a webhook; without lists, the whole value. */
function itemsOf({ entry }: Changes): unknown[] {
  const values = entry.flatMap(({ changes }) => changes).map(c => c.value);
  return values.flatMap(outer => {
    // What another handles stands a level lower.
    const value = { ...outer, ...(outer['standby'] as object | undefined) };
    const lists = LISTS.filter(name => name in value && 'metadata' in value);
    if (lists.length === 0) return [outer];
    return lists.flatMap(name => value[name]).flatMap(threadsOf);
  });
}

/** A piece of the history is no item, but its messages are. */
function threadsOf(item: unknown): unknown[] {
  const { threads } = item as { threads?: { messages: unknown[] }[] };
  return threads?.flatMap(({ messages }) => messages) ?? [item];
}
