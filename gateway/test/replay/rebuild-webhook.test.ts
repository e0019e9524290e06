import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { parse } from '../../../src/webhook';
import { rebuild } from '../../src/replay/rebuild-webhook';
import { readEvents } from '../../src/store/event-columns';

const FIXTURES = fileURLToPath(
  new URL('../../../test/fixtures/webhooks/', import.meta.url),
);
const NOW = '2026-11-20T08:00:00.000Z';

const files = readdirSync(FIXTURES, { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.json'))
  .sort();

const keptIn = (file: string) =>
  readEvents(
    parse(JSON.parse(readFileSync(`${FIXTURES}/${file}`, 'utf8')) as unknown),
    NOW,
  ).map(({ kind, row }) => ({
    ...{ id: row.id, key: row.key, item: row.item, time: NOW, kind },
  }));

describe('rebuild', () => {
  it('puts every event of what people wrote, of statuses and calls into a webhook that reads as the same', () => {
    let count = 0;
    for (const file of files) {
      for (const kept of keptIn(file)) {
        if (kept.kind === 'account' || kept.kind === 'unknown') continue;
        const rebuilt = rebuild(kept);
        expect(rebuilt?.event.row, file).to.deep.include({
          ...{ id: kept.id, key: kept.key, kind: kept.kind },
        });
        const { raw } = rebuilt?.event ?? {};
        expect(raw, file).to.deep.equal(
          (JSON.parse(kept.item) as { raw: unknown }).raw,
        );
        count += 1;
      }
    }
    expect(count).to.be.greaterThan(30);
  });

  it('makes no other event of news of an account', () => {
    let count = 0;
    for (const file of files) {
      for (const kept of keptIn(file)) {
        const rebuilt = rebuild(kept);
        if (rebuilt === undefined) continue;
        expect(rebuilt.event.row.key, file).to.equal(kept.key);
        if (kept.kind === 'account') count += 1;
      }
    }
    expect(count).to.be.greaterThan(20);
  });

  it('is undefined for what cannot be put into Meta’s shape', () => {
    const kept = { id: 'a', key: 'b', kind: 'unknown', time: NOW } as const;

    expect(rebuild({ ...kept, item: '{"raw":[1]}' })).to.equal(undefined);
  });
});
