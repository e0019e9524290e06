// Moves files in a process of its own, and prints how many MB each way of it
// held at most. Only what is held counts, not what V8 has yet to clear away: to
// read a stream and do nothing with it leaves as much of that.
import { Readable } from 'node:stream';
import { downloadMedia, uploadMedia } from '../../src/index';
import type { Operation } from '../../src/index';

const [server = '', megabytes = ''] = process.argv.slice(2);
const MB = 1024 * 1024;
const SIZE = Number(megabytes) * MB;
const HEAD = Buffer.from('%PDF-1.7\n');
const PIECE = 64 * 1024;

let peak = 0;
const held = () => {
  globalThis.gc!();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};
const look = () => (peak = Math.max(peak, held()));

/** A stream that makes its pieces when they are wanted, and looks at the memory meanwhile. */
const streamOf = (size: number) =>
  Readable.from(
    (function* () {
      yield HEAD;
      for (let at = HEAD.length; at < size; at += PIECE) {
        if (at % (8 * MB) < PIECE) look();
        yield Buffer.alloc(Math.min(size - at, PIECE));
      }
    })(),
  );

const bytesOf = (size: number) => {
  const bytes = Buffer.alloc(size, 1);
  HEAD.copy(bytes);
  return bytes;
};

const file = (size: number) => `${server}/bytes?size=${size}`;
const target = `${server}/target`;

const ways: Record<string, (size: number) => Operation> = {
  Buffer: size => uploadMedia(bytesOf(size)),
  stream: size => uploadMedia(streamOf(size)),
  'web stream': size => uploadMedia(Readable.toWeb(streamOf(size))),
  URL: size => uploadMedia(file(size)),
  to: size => downloadMedia(file(size), { to: target }),
  'to, in a form': size =>
    downloadMedia(file(size), { to: target, field: 'file' }),
};

const state = {
  configuration: { baseUrl: server, apiToken: 'T', phoneNumberId: '1' },
};

async function measure(make: (size: number) => Operation): Promise<number> {
  // What is loaded and compiled once does not count.
  await make(MB)(state);
  // A Buffer was there before: the job made it.
  const operation = make(SIZE);
  const before = held();
  peak = before;
  const timer = setInterval(look, 10);
  await operation(state);
  clearInterval(timer);
  return (peak - before) / MB;
}

console.log = () => undefined;
const results: Record<string, number> = {};
for (const [way, make] of Object.entries(ways)) {
  results[way] = await measure(make);
}
process.stdout.write(JSON.stringify(results));
