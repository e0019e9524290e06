// Prints what the first messages of a fresh process cost, as in a run of OpenFn:
// see README.md.
import { ask, hear, launch, stopAll } from './processes.js';
import { compare, interleave } from './statistics.js';

const ROUNDS = { least: 5, most: 5, seconds: 0 };
const TOGETHER = { concurrency: 50, milliseconds: 60_000 };
const WARM_UP = 8000;

/** What is measured: so many messages, after so many that are not. */
const ROWS = [
  { label: 'first 1,000 messages', messages: 1000, before: 0 },
  { label: 'first 3,000 messages', messages: 3000, before: 0 },
  { label: '8,000 messages after a warm-up', messages: 8000, before: WARM_UP },
];

const SERVERS = [
  { label: "Meta's 12 headers", headers: 'all' },
  { label: '2 headers', headers: 'few' },
];

try {
  console.log(
    '| a fresh process, 50 at a time | response | messages/s | CPU a message |',
  );
  console.log('| --- | --- | ---: | ---: |');
  for (const { label: response, headers } of SERVERS) {
    const server = launch('server', './server.js', headers);
    const { port } = await hear(server);
    for (const row of ROWS) {
      const { rate, cpu } = await measure(row, `http://127.0.0.1:${port}`);
      console.log(
        `| ${row.label} | ${response} | **${rate.toFixed(2)}** | **${cpu.toFixed(2)}** |`,
      );
    }
    server.kill();
  }
} finally {
  stopAll();
}

/** The ratios of this adaptor to raw undici, each round in two fresh processes. */
async function measure({ messages, before }, origin) {
  const results = await interleave(
    ROUNDS,
    ['undici', 'adaptor'],
    async name => {
      const client = launch('client', './client.js', name, origin);
      await hear(client);
      if (before > 0) await ask(client, { ...TOGETHER, messages: before });
      const result = await ask(client, { ...TOGETHER, messages });
      client.kill();
      return result;
    },
  );
  const ratioOf = key =>
    compare(
      results.get('adaptor').map(result => result[key]),
      results.get('undici').map(result => result[key]),
    ).ratio;
  return { rate: ratioOf('rate'), cpu: ratioOf('cpu') };
}
