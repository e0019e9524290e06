import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { broadcast, sendMessage } from '../../src/index';
import type { BroadcastResult, State } from '../../src/index';
import { collectLogs } from '../quiet';
import { rounds } from '../stress';
import type { Told } from './arrivals-server';
import { mostInASecond } from './pacing/windows';

const SCRIPT = fileURLToPath(new URL('arrivals-server.ts', import.meta.url));
const RATE = 80;
const COUNT = RATE * 5;
/** undici writes a message a moment after it has leave to, which can move it across the edge of a second. */
const MOST_WRITTEN = RATE + 1;
/** What may leave at once to catch up. */
const BURST = RATE / 10;
/** What leaves in the 50 ms that a process may wait for a core. */
const JITTER = RATE * 0.05;
/**
 * At most the rate leaves in any second, but it may take longer on the way than
 * what leaves a second later. Then it arrives in one second together with that,
 * which may be a burst. A server that waited longer for a core, as it tells,
 * sees what came in all of that time at once.
 */
const mostArrived = (delay: number) =>
  RATE + BURST + Math.max(JITTER, (RATE * delay) / 1000);

type Item = { phone: string; text: string };
const itemOf = ({ data }: State) => data as Item;
const send = sendMessage(
  state => itemOf(state).phone,
  state => itemOf(state).text,
);

/** When undici writes the head of each message. */
const WRITING = 'undici:client:sendHeaders';

/** Does something, and tells when messages were written meanwhile. */
async function timesOfWriting<T>(work: () => Promise<T>) {
  const written: number[] = [];
  const note = (event: unknown) => {
    const { request } = event as { request: { method: string } };
    if (request.method === 'POST') written.push(performance.now());
  };
  subscribe(WRITING, note);
  try {
    return { result: await work(), written };
  } finally {
    unsubscribe(WRITING, note);
  }
}

for (const { seed, random } of rounds()) {
  describe(`the messages that arrive in any second (seed ${seed})`, () => {
    let server: ChildProcess;
    let baseUrl: string;

    beforeEach(async () => {
      server = fork(SCRIPT, { execArgv: ['--import', 'tsx', '--no-warnings'] });
      const [port] = (await once(server, 'message')) as [number];
      baseUrl = `http://127.0.0.1:${port}`;
    });
    afterEach(() => server.disconnect());

    /** Sends to so many people, with answers that take up to 0.2 s. */
    const run = async (from: number, count: number, end = '') => {
      const items = Array.from({ length: count }, (_, index) => ({
        phone: `+1555${1_000_000 + from + index}`,
        text: `${Math.floor(random() * 200)} ${end}`,
      }));
      const configuration = { baseUrl, apiToken: 'T', phoneNumberId: '1' };
      const { data } = await broadcast(items, send, { rate: RATE })({
        configuration,
        data: {},
      });
      return (data as BroadcastResult).sent.length;
    };

    /** Counts what arrives meanwhile, prints it, and expects it within the rate. */
    const measure = async (name: string, work: () => Promise<number[]>) => {
      const { result } = await collectLogs(() => timesOfWriting(work));
      const { result: sent, written } = result;
      server.send('tell');
      const [told] = (await once(server, 'message')) as [Told];
      const { times, connections, tunnels, delay } = told;
      times.sort((a, b) => a - b);
      const most = mostInASecond(times);
      const mostWritten = mostInASecond(written);
      const seconds = (times.at(-1)! - times[0]!) / 1000;
      console.log(
        `      ${name}: at most ${mostWritten} written and ${most} arrived in a second, ${times.length} in ${seconds.toFixed(2)} s, ${connections} connections`,
      );
      expect(sent.reduce((a, b) => a + b)).to.equal(COUNT);
      expect(times).to.have.length(COUNT);
      expect(written).to.have.length(COUNT);
      expect(mostWritten).to.be.at.most(MOST_WRITTEN);
      expect(most).to.be.at.most(mostArrived(delay));
      return { connections, tunnels };
    };

    it('are within the rate in one broadcast', () =>
      measure('one broadcast', async () => [await run(0, COUNT)]));

    it('are within the rate in two broadcasts of one process', () =>
      measure('two broadcasts', () =>
        Promise.all([run(0, COUNT / 2), run(COUNT / 2, COUNT / 2)]),
      ));

    it('are within the rate when the server closes every connection', async () => {
      const { connections } = await measure('closed connections', async () => [
        await run(0, COUNT, 'close'),
      ]);

      expect(connections).to.be.at.least(COUNT);
    });

    describe('through a proxy', () => {
      const before = process.env['HTTP_PROXY'];
      beforeEach(() => (process.env['HTTP_PROXY'] = baseUrl));
      afterEach(() => {
        if (before === undefined) delete process.env['HTTP_PROXY'];
        else process.env['HTTP_PROXY'] = before;
      });

      for (const end of ['', 'close']) {
        const name = end === '' ? 'is kept open' : 'closes each time';

        it(`are within the rate when the connection ${name}`, async () => {
          const { tunnels } = await measure(
            `proxy, the connection ${name}`,
            async () => [await run(0, COUNT, end)],
          );

          expect(tunnels).to.be.at.least(end === '' ? 1 : COUNT);
        });
      }
    });
  });
}
