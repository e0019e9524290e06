import { parse } from '../../../src/events/parse';
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { readTypes } from '../../../scripts/docs/types';
import { resultOf } from '../../../scripts/docs/webhook-examples';
import { parseWebhook } from '../../../src/index';
import type { WebhookEvents } from '../../../src/index';
import { readWebhooks } from '../../reference';

const page = readFileSync('docs/webhooks.md', 'utf8');

/** The sections of the page: what stands under each heading. */
const sections = new Map(
  page
    .split(/^#{2,3} /m)
    .slice(1)
    .map(text => [text.slice(0, text.indexOf('\n')), text]),
);

const examplesIn = (text: string): [unknown, unknown][] => {
  const blocks = [...text.matchAll(/^```json\n(.*?)\n```$/gms)].map(
    ([, json = '']) => JSON.parse(json) as unknown,
  );
  return blocks.flatMap((block, at) =>
    at % 2 === 0 ? [[block, blocks[at + 1]]] : [],
  );
};

describe('docs/webhooks.md', () => {
  const types = readTypes('src/types.ts');
  for (const [title, contents, list] of [
    ['Message', 'InboundContents', 'messages'],
    ['Notice', 'NoticeContents', 'notices'],
    ['Status', 'StatusContents', 'statuses'],
    ['Call', 'CallContents', 'calls'],
    ['Account', 'AccountContents', 'account'],
  ] as const) {
    for (const { name, says } of types.properties(contents))
      it(`says what it is, and gives an example: ${title} ${name}`, () => {
        const section = sections.get(`${title} ${name}`) ?? '';

        expect(says).to.not.equal('');
        expect(section).to.contain(says);
        const examples = examplesIn(section);
        expect(examples).to.not.be.empty;
        for (const [, result] of examples)
          expect(result).to.have.property(list);
      });
  }

  it('shows what becomes of each example', () => {
    const examples = examplesIn(page);

    expect(examples).to.have.length.above(60);
    for (const [payload, result] of examples)
      expect(resultOf(payload)).to.deep.equal(result);
  });

  it('shows what parseWebhook leaves on state.data for each example', async () => {
    for (const [payload, result] of examplesIn(page)) {
      const { data } = await parseWebhook()({ data: payload });

      for (const [list, events] of Object.entries(data as WebhookEvents)) {
        const shown = (result as Record<string, unknown>)[list] ?? [];
        expect(events.map(({ raw: _, ...event }) => event)).to.deep.equal(
          shown,
          list,
        );
      }
      expect(data).to.include.keys(Object.keys(result as object));
    }
  });

  it('is linked from the README', () => {
    expect(readFileSync('README.md', 'utf8')).to.contain('/docs/webhooks.md');
  });
});

/** Each text, number and truth value in something, with its path. */
const leavesOf = (value: unknown, path = ''): [string, string][] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, inner]) =>
        leavesOf(inner, Array.isArray(value) ? `${path}[]` : `${path}.${name}`),
      )
    : [[path, String(value)]];

/** As a time is told, in seconds or milliseconds. */
const timeOf = (leaf: string): string | undefined => {
  const number = /^\d{10,13}$/.test(leaf) ? Number(leaf) : NaN;
  const ms = number > 1e11 ? number : number * 1000;
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
};

describe('what a webhook says', () => {
  const value = '.entry[].changes[].value';
  // The list "Only in raw" of the page, as paths.
  const ONLY_IN_RAW = new Set([
    '.object',
    '.entry[].object',
    `${value}.messaging_product`,
    '.entry[].changes[].field',
    `${value}.statuses[].type`,
    `${value}.messages[].from_logical_id`,
    `${value}.calls[].status[]`,
  ]);

  const webhooks = readWebhooks().filter(
    ([name]) => !/^(damaged|unknown)/.test(name),
  );
  for (const [name, payload] of webhooks)
    it(`stands outside raw, too, or is documented: ${name}`, () => {
      const told = new Set(leavesOf(resultOf(payload)).map(([, leaf]) => leaf));
      // A contact of nobody in the webhook, and words in the place of values.
      const isExcused = (path: string, leaf: string) =>
        ['', 'null', 'TIMESTAMP', 'NAME'].includes(leaf) ||
        (path.startsWith(`${value}.contacts[]`) &&
          name.startsWith('message-text-username'));

      const lost = leavesOf(payload).filter(
        ([path, leaf]) =>
          !told.has(leaf) &&
          !told.has(timeOf(leaf) ?? '') &&
          !ONLY_IN_RAW.has(path) &&
          !isExcused(path, leaf),
      );

      expect(lost).to.deep.equal([]);
      expect(parse(payload).unknown).to.be.empty;
    });
});
