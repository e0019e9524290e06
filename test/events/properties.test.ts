import { parse } from '../../src/events/parse';
import { expect } from 'chai';
import fc from 'fast-check';
import { all, freeze } from './fixtures';
import { propertyRuns } from '../stress';

const text = (...samples: string[]) =>
  fc.oneof(fc.constantFrom(...samples), fc.jsonValue({ maxDepth: 1 }));

/** Anything where Meta has something: mostly the right shape, with holes. */
const part = (shape: Record<string, fc.Arbitrary<unknown>>) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.record(shape, { requiredKeys: [] }) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  );

const list = (of: fc.Arbitrary<unknown>) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.array(of, { maxLength: 4 }) },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 1 }) },
  );

const KINDS = ['text', 'image', 'interactive', 'edit', 'system', 'constructor'];
const FIELDS = ['messages', 'calls', 'history', 'user_preferences', 'new', ''];

const item = part({
  id: text('wamid.1', 'wamid.2', 'wamid.3'),
  from: text('1', '2', ''),
  from_user_id: text('KE.1', ''),
  timestamp: text('1767614400', 'soon'),
  type: text(...KINDS, 'call'),
  status: text('sent', 'read', 'failed', 'new'),
  text: part({ body: text('Hi') }),
  image: part({ id: text('9'), caption: text('A picture') }),
  interactive: part({
    type: text('nfm_reply', 'button_reply'),
    nfm_reply: part({ response_json: text('{}', '{') }),
    button_reply: part({ id: text('yes'), title: text('Yes') }),
  }),
  edit: part({ message: part({ type: text(...KINDS) }) }),
  errors: list(part({ code: text('131026') })),
  context: part({ id: text('wamid.0') }),
});

const value = part({
  messaging_product: fc.constant('whatsapp'),
  metadata: part({ phone_number_id: text('3') }),
  contacts: list(
    part({ wa_id: text('1', ''), profile: part({ name: text('A') }) }),
  ),
  messages: list(item),
  statuses: list(item),
  calls: list(item),
  history: list(item),
  user_preferences: list(item),
  errors: list(part({ code: text('1') })),
});

const change = part({ field: text(...FIELDS), value });
const entry = part({
  id: text('1'),
  time: text('1767614400'),
  changes: list(change),
});
const payload = fc.record({ entry: fc.array(entry, { maxLength: 3 }) });

describe('whatever Meta sends', () => {
  it('is parsed into plain JSON, and not changed', () => {
    fc.assert(
      fc.property(payload, fc.boolean(), (given, collapse) => {
        const before = JSON.stringify(given);

        const events = parse(freeze(given), { collapse });

        expect(JSON.stringify(given)).to.equal(before);
        expect(jsonOf(JSON.parse(jsonOf(events)))).to.equal(jsonOf(events));
        expect(undefinedIn(events)).to.equal(false);
      }),
      propertyRuns(500),
    );
  });

  it('is never refused, if it has a list of entries', () => {
    const anything = fc.record({ entry: fc.array(fc.jsonValue()) });

    fc.assert(
      fc.property(anything, given => {
        expect(all(parse(given))).to.have.length.at.most(sizeOf(given.entry));
      }),
      propertyRuns(),
    );
  });

  it('is not lost: each item is one event, or a duplicate of one', () => {
    const items = fc.array(item, { maxLength: 6 });
    const lists = fc.record({ messages: items, statuses: items, calls: items });

    fc.assert(
      fc.property(lists, lists, (first, second) => {
        const changes = [first, second].map(content => ({
          field: 'messages',
          value: content,
        }));
        const events = parse({ entry: [{ id: '1', changes }] });

        const raws = all(events).map(({ raw }) => raw);
        const given = [first, second].flatMap(content =>
          Object.values(content).flat(),
        );
        const keys = new Set(raws.map(identityOf));
        for (const one of given) expect(keys).to.include(identityOf(one));
        // No event is made of two items, and none is made twice.
        expect(new Set(raws.filter(isObject)).size).to.equal(
          raws.filter(isObject).length,
        );
      }),
      propertyRuns(500),
    );
  });
});

/** What makes two items the same event: their ID, or for want of one all of them. */
function identityOf(raw: unknown): string {
  const id = isObject(raw) ? (raw as { id?: unknown }).id : undefined;
  const hasId = (typeof id === 'string' && id !== '') || typeof id === 'number';
  return hasId ? String(id) : jsonOf(raw);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

const jsonOf = (value: unknown) => JSON.stringify(value);

function undefinedIn(value: unknown): boolean {
  if (!isObject(value)) return value === undefined;
  return Object.values(value).some(undefinedIn);
}

/** How many things there are in a value, at any depth. */
function sizeOf(value: unknown): number {
  if (!isObject(value)) return 1;
  return Object.values(value).reduce((sum: number, v) => sum + sizeOf(v), 1);
}
