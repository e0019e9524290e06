import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { broadcast, sendMessage } from '../../src/index';
import type { BroadcastResult, SentRow, State } from '../../src/index';
import { collectLogs } from '../quiet';
import { rounds } from '../stress';
import { listen, misbehavingServer } from './misbehaving-server';

const KILLS = 5;
const COUNT = 300;
const CONCURRENCY = 20;
const SCRIPT = fileURLToPath(new URL('killed-run.ts', import.meta.url));

const items = Array.from({ length: COUNT }, (_, index) => String(index));
const textOf = (id: string) => `Reminder ${id}`;

describe('a broadcast whose process is killed', () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'broadcast-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  /** Runs a broadcast, kills it after so many deliveries, and tells what it had saved. */
  async function kill(after: number, wait: number, name: string) {
    let deliver: () => void = () => undefined;
    const server = misbehavingServer(() => {
      deliver();
      return 'slow';
    });
    const door = await listen(server.create);
    const file = join(folder, `${name}.jsonl`);
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', SCRIPT, door.url, String(COUNT), file],
      { stdio: 'ignore' },
    );
    let count = 0;
    deliver = () => {
      if (++count !== after) return;
      setTimeout(() => child.kill('SIGKILL'), wait);
    };
    await once(child, 'exit');
    const lines = existsSync(file) ? readFileSync(file, 'utf8') : '';
    // The last line may have been cut off by the end of the process.
    const rows = lines.split('\n').flatMap(parse);
    return { rows, door, deliveries: server.deliveries };
  }

  const runAgain = async (baseUrl: string, skip: unknown) => {
    const state: State = {
      configuration: { baseUrl, apiToken: 'T', phoneNumberId: '1' },
    };
    const { result } = await collectLogs(() =>
      broadcast(
        items,
        sendMessage(
          ({ data }) => `+1555${1_000_000 + Number(data)}`,
          ({ data }) => textOf(String(data)),
        ),
        { key: ({ data }: State) => data, skip, rate: 2000 },
      )(state),
    );
    return result.data as BroadcastResult;
  };

  const moments = rounds().flatMap(round =>
    Array.from({ length: KILLS }, (_, index) => ({ ...round, index })),
  );
  for (const { seed, random, index } of moments) {
    it(`sends nothing twice that it knew of (seed ${seed}, moment ${index})`, async () => {
      const { rows, door, deliveries } = await kill(
        1 + Math.floor(random() * (COUNT - 1)),
        random() * 40,
        `${seed}-${index}`,
      );
      const known = new Set(rows.map(({ key }) => key));
      for (const { key, messageId } of rows) {
        const delivered = deliveries.get(textOf(key)) ?? [];
        expect(delivered.map(({ id }) => id)).to.deep.equal([messageId]);
      }
      const delivered = [...deliveries.values()].flat();
      const lost = delivered.filter(
        ({ callbackData }) => !known.has(callbackData!),
      );
      // It can have lost only what was under way.
      expect(lost.length).to.be.at.most(CONCURRENCY);

      // What it did not know of, the statuses tell apart: they carry the keys.
      const isTold = index % 2 === 0;
      const skip = isTold ? [...rows, ...lost] : rows;
      const { summary } = await runAgain(door.url, skip);

      door.end();
      expect(summary.skipped).to.equal(skip.length);
      const twice = items.filter(id => deliveries.get(textOf(id))!.length > 1);
      const allowed = isTold ? [] : lost.map(each => each.callbackData);
      expect(twice).to.have.members(allowed);
      expect(deliveries.size).to.equal(COUNT);
    });
  }
});

function parse(line: string): SentRow[] {
  try {
    return [JSON.parse(line) as SentRow];
  } catch {
    return [];
  }
}
