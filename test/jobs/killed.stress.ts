import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { JobState } from '../../scripts/job-runtime';
import { rounds } from '../stress';
import { startCollections } from './collections';
import type { Collections } from './collections';
import { run, snippets } from './run';

const COUNT = 300;
const RUN_JOB = fileURLToPath(
  new URL('../../scripts/run-job.ts', import.meta.url),
);

/** The jobs of the README, as a reader copies them. */
const readmeJob = (words: string): string => {
  const found = snippets('README.md').filter(each => each.includes(words));
  expect(found).to.have.length(1);
  return found[0]!;
};

const patients = Array.from({ length: COUNT }, (_, index) => ({
  id: `P-${index}`,
  name: `Name ${index}`,
  phone: `+1555${1_000_000 + index}`,
  date: '3 May',
}));

type Accepted = { id: string; to: string; key: string };

/**
 * A WhatsApp that takes every message, and answers a moment later; the last one
 * only after the kill, so that the run cannot end before it on a busy machine.
 */
async function startMeta(
  onMessage: (count: number) => void,
  isKilled: () => boolean,
) {
  const accepted: Accepted[] = [];
  const server = createServer((request, response) => {
    void text(request).then(words => {
      const { to, biz_opaque_callback_data: key } = JSON.parse(words);
      const id = `wamid.${accepted.length}`;
      const isHeld = accepted.length === COUNT - 1 && !isKilled();
      accepted.push({ id, to, key });
      onMessage(accepted.length);
      if (isHeld) return;
      setTimeout(() => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ messages: [{ id }] }));
      }, 40);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { accepted, url: `http://127.0.0.1:${port}`, close };
}

/** The webhooks that Meta sends about messages: in any order, some of them twice. */
function webhooksOf(accepted: Accepted[], random: () => number) {
  const failed = new Set<string>();
  const statuses = accepted.flatMap(({ id, to, key }) => {
    const names = ['sent'];
    if (random() < 0.05) {
      failed.add(id);
      names.push('failed');
    } else {
      if (random() < 0.7) names.push('delivered');
      if (random() < 0.3) names.push('read', 'read');
    }
    return names.map(status => ({
      id,
      status,
      timestamp: '1796083200',
      recipient_id: to.slice(1),
      biz_opaque_callback_data: key,
    }));
  });
  const mixed = statuses
    .map(status => ({ status, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ status }) => status);
  const half = Math.floor(mixed.length / 2);
  const webhooks = [mixed.slice(0, half), mixed.slice(half)].map(part => ({
    entry: [
      { id: '1', changes: [{ field: 'messages', value: { statuses: part } }] },
    ],
  }));
  return { webhooks, failed };
}

describe('a job that goes on after its run was killed', () => {
  let folder: string;
  let collections: Collections;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'killed-job-'));
  });
  beforeEach(async () => {
    collections = await startCollections();
  });
  afterEach(() => collections.close());
  after(() => rmSync(folder, { recursive: true }));

  const stateFor = (baseUrl: string, data: object) => ({
    configuration: {
      baseUrl,
      apiToken: 'T',
      phoneNumberId: '1',
      ...collections.configuration,
    },
    data,
  });

  const runInProcess = (job: string, state: object) => {
    const paths = ['job.js', 'state.json'].map(name => join(folder, name));
    writeFileSync(paths[0]!, job);
    writeFileSync(paths[1]!, JSON.stringify(state));
    return spawn(
      process.execPath,
      [
        ...['--experimental-vm-modules', '--no-warnings', '--import', 'tsx'],
        ...[RUN_JOB, paths[0]!, '-s', paths[1]!],
      ],
      { stdio: 'ignore' },
    );
  };

  const succeed = async (job: string, state: JobState) => {
    const { final, failure } = await run(job, state);
    expect(failure).to.equal(undefined);
    return final;
  };

  for (const { seed, random } of rounds()) {
    it(`reaches each person once, from statuses alone (seed ${seed})`, async () => {
      const broadcasting = readmeJob("collections.get('statuses'");
      const collecting = readmeJob("collections.set('statuses'");
      const last = 1 + Math.floor(random() * (COUNT - 1));
      const wait = random() * 40;
      let reach: () => void = () => undefined;
      let isKilled = false;
      const meta = await startMeta(
        count => {
          if (count === last) reach();
        },
        () => isKilled,
      );
      const state = stateFor(meta.url, { patients });
      const child = runInProcess(broadcasting, state);
      reach = () => setTimeout(() => child.kill('SIGKILL'), wait);
      const [, signal] = (await once(child, 'exit')) as [unknown, string];
      isKilled = true;
      expect(signal).to.equal('SIGKILL');
      const first = [...meta.accepted];
      expect(first.length).to.be.at.least(last);

      const { webhooks, failed } = webhooksOf(first, random);
      for (const webhook of webhooks) {
        await succeed(collecting, stateFor(meta.url, webhook));
      }
      const final = await succeed(broadcasting, state);

      meta.close();
      const { summary } = final['data'] as { summary: object };
      const done = first.length - failed.size;
      expect(summary).to.include({ skipped: done, sent: COUNT - done });
      const arrived = meta.accepted.filter(({ id }) => !failed.has(id));
      expect(arrived.map(({ to }) => to)).to.have.members(
        patients.map(({ phone }) => phone),
      );
    });
  }
});
