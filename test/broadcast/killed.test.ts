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
import { listen, misbehavingServer } from './misbehaving-server';

const KILLS = 20;
const COUNT = 300;
const CONCURRENCY = 20;
const SCRIPT = fileURLToPath(new URL('killed-run.ts', import.meta.url));

const items = Array.from({ length: COUNT }, (_, index) => String(index));
const textOf = (id: string) => `Reminder ${id}`;

describe('a broadcast whose process is killed', function () {
  this.timeout(20_000);

  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'broadcast-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  /** Runs a broadcast, kills it after so many deliveries, and tells what it had saved. */
  async function kill(after: number, moment: number) {
    let deliver: () => void = () => undefined;
    const server = misbehavingServer(() => {
      deliver();
      return 'slow';
    });
    const door = await listen(server.create);
    const file = join(folder, `${moment}.jsonl`);
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', SCRIPT, door.url, String(COUNT), file],
      { stdio: 'ignore' },
    );
    let count = 0;
    deliver = () => {
      if (++count !== after) return;
      setTimeout(() => child.kill('SIGKILL'), Math.random() * 40);
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

  for (let moment = 1; moment <= KILLS; moment++) {
    it(`sends nothing twice that it knew of, killed at random moment ${moment} of ${KILLS}`, async () => {
      const { rows, door, deliveries } = await kill(randomCount(), moment);
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
      const isTold = moment % 2 === 0;
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

const randomCount = () => 1 + Math.floor(Math.random() * (COUNT - 1));

function parse(line: string): SentRow[] {
  try {
    return [JSON.parse(line) as SentRow];
  } catch {
    return [];
  }
}
