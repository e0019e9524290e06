// Prints what moving 100 MB costs: see README.md.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { downloadMedia, uploadMedia } from '../dist/index.js';
import * as raw from './media-raw.js';
import { compare, interleave } from './statistics.js';

const SIZE = 100 * 2 ** 20;
const ROUNDS = { least: 9, most: 25, seconds: 12 };

const server = fork(new URL('./media-server.js', import.meta.url), [
  String(SIZE),
]);
const [port] = await once(server, 'message');
const origin = `http://127.0.0.1:${port}`;
const state = {
  configuration: { baseUrl: origin, apiToken: 'T', phoneNumberId: '1' },
  data: {},
};
const bytes = Buffer.alloc(SIZE, 1);
bytes.write('%PDF-1.7\n');
const pieces = () => [bytes];

/** Each: how the adaptor does it, and how undici alone does. */
const works = {
  'upload, against undici': [
    () => uploadMedia(bytes, { filename: 'a.pdf' })(state),
    () => raw.upload(origin, pieces()),
  ],
  'download, against undici that proves it too': [
    () => downloadMedia('1', { maxSize: SIZE })(state),
    () => raw.prove(origin),
  ],
  'download, against undici that only collects': [
    () => downloadMedia('1', { maxSize: SIZE })(state),
    () => raw.collect(origin),
  ],
  'straight on, against undici that proves it too': [
    () => downloadMedia('1', { to: `${origin}/elsewhere` })(state),
    () => raw.pipeAndProve(origin),
  ],
  'straight on, against undici that only pipes': [
    () => downloadMedia('1', { to: `${origin}/elsewhere` })(state),
    () => raw.pipe(origin),
  ],
};

const print = console.log;
console.log = () => undefined;
print('| 100 MB | this adaptor, MB/s | raw undici, MB/s | ratio |');
print('| --- | ---: | ---: | ---: |');
try {
  for (const [name, ways] of Object.entries(works))
    print(await row(name, ways));
} finally {
  server.kill();
}
process.exit();

async function row(name, ways) {
  for (const way of ways) await way();
  const speeds = await interleave(ROUNDS, [0, 1], index => speed(ways[index]));
  const ours = compare(speeds.get(0), speeds.get(1));
  const theirs = compare(speeds.get(1), speeds.get(1));
  const cells = [ours.value, theirs.value].map(value => value.toFixed(0));
  return `| ${name} | ${cells.join(' | ')} | **${ours.ratio.toFixed(2)}** |`;
}

async function speed(way) {
  const started = performance.now();
  await way();
  return SIZE / 1e6 / ((performance.now() - started) / 1000);
}
