import { parse } from '../../src/events/parse';
import { expect } from 'chai';
import { readWebhooks } from '../reference';
import { all } from './fixtures';

type Node = Record<string, unknown>;

const STRANGE = [
  null,
  true,
  -1,
  1e300,
  '',
  'x',
  '\ud800',
  [],
  {},
  [null],
  [[]],
  JSON.parse('{"__proto__":{"from":"1"},"constructor":1}') as unknown,
];

/** Damages copies of every example, and proves that parse loses and changes nothing. */
export function attackParse(random: () => number, runs: number): void {
  const examples = readWebhooks().map(([, webhook]) => JSON.stringify(webhook));
  for (let run = 0; run < runs; run++) {
    const text = examples[run % examples.length]!;
    const webhook = JSON.parse(text) as Node & { entry: unknown[] };
    const times = 1 + Math.floor(random() * 3);
    for (let time = 0; time < times; time++) mutate(webhook.entry, random);
    check(webhook);
  }
}

/** Deletes, empties, changes or repeats something inside. */
function mutate(root: unknown, random: () => number): void {
  const places = placesIn(root);
  const place = places[Math.floor(random() * places.length)];
  if (place === undefined) return;
  const [holder, name] = place;
  const choice = Math.floor(random() * 4);
  if (choice === 0 && !Array.isArray(holder)) delete holder[name];
  else if (choice === 1 && Array.isArray(holder)) holder.push(holder[+name]);
  else if (choice === 2) set(holder, name, { ...Object(holder[name]) });
  else set(holder, name, STRANGE[Math.floor(random() * STRANGE.length)]);
}

const set = (holder: Node, name: string, value: unknown) =>
  Object.defineProperty(holder, name, {
    value: structuredClone(value),
    enumerable: true,
    configurable: true,
    writable: true,
  });

function placesIn(value: unknown): [Node, string][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    [value as Node, name] as [Node, string],
    ...placesIn(inner),
  ]);
}

function check(webhook: Node): void {
  const before = JSON.stringify(webhook);
  const events = parse(webhook);
  expect(JSON.stringify(webhook), 'raw was changed').to.equal(before);
  const kept = all(events).map(({ raw }) => JSON.stringify(raw) ?? '');
  const written = kept.join('\n');
  for (const id of idsIn(webhook['entry'])) {
    expect(written, before).to.contain(JSON.stringify(id));
  }
  // Every message, notice, status and call stands in one list only.
  const raws = all(events)
    .map(({ raw }) => raw)
    .filter(raw => typeof raw === 'object' && raw !== null);
  expect(new Set(raws).size, before).to.equal(raws.length);
  expect(({} as Node)['from']).to.equal(undefined);
}

/** The IDs of messages and calls, wherever they stand. */
function idsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'id' && /^wa[mc]id\./.test(String(inner))
      ? [String(inner)]
      : idsIn(inner),
  );
}
