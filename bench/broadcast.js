// Prints a table of what it takes to write to thousands: see README.md.
import { ask, hear, launch, stopAll } from './processes.js';
import { median } from './statistics.js';

const LATENCY = 100;
const COUNT = 3000;

const WAYS = [
  { label: '**broadcast**, `rate: 80` (default)', rate: 80 },
  {
    label: '**broadcast**, `rate: 1000, concurrency: 100`',
    rate: 1000,
    concurrency: 100,
  },
  {
    label: "OpenFn's `each` with the way of 1.1.2",
    way: 'each of 1.1.2',
    count: 300,
  },
  {
    label: 'whatsapp-api-js `broadcastMessage`',
    way: 'whatsapp-api-js',
    count: 1500,
  },
];

try {
  console.log(await paceTable());
  console.log();
  console.log(await costTable());
} finally {
  stopAll();
}

async function paceTable() {
  const server = launch('server', './broadcast-server.js', String(LATENCY));
  const client = await connect(server);
  const rows = [];
  for (const { label, ...options } of WAYS) {
    const question = { way: 'broadcast', count: COUNT, ...options };
    await ask(server, 'forget');
    const { milliseconds } = await ask(client, question);
    const arrivals = await ask(server, 'tell');
    if (arrivals.length !== question.count)
      throw new Error(`${label} lost some.`);
    rows.push([
      label,
      question.count.toLocaleString('en-US'),
      `${(milliseconds / 1000).toFixed(1)} s`,
      ((question.count / milliseconds) * 1000).toFixed(1),
      mostInASecond(arrivals),
      `${Math.ceil(((milliseconds / question.count) * COUNT) / 1000)} s`,
    ]);
  }
  return table(
    [
      `server answers after ${LATENCY} ms`,
      'messages',
      'time',
      'a second',
      'most in any second',
      '3,000 take',
    ],
    rows,
  );
}

async function costTable() {
  const server = launch('server', './broadcast-server.js', '0');
  const client = await connect(server);
  const run = way =>
    ask(client, { way, count: 5000, concurrency: 50, rate: 1e6 });
  await run('alone');
  await run('broadcast');
  const rounds = [];
  for (let round = 0; round < 9; round++) {
    const [alone, together] = [await run('alone'), await run('broadcast')];
    rounds.push([alone.cpu / 5000, together.cpu / 5000]);
  }
  const { bytes } = await ask(client, { way: 'memory', count: 10_000 });
  const cpuOf = index =>
    `${median(rounds.map(each => each[index])).toFixed(0)} µs`;
  const ratio = median(rounds.map(([alone, together]) => together / alone));
  return table(
    ['cost', 'value'],
    [
      ['CPU a message, `sendMessage` alone, 50 at a time', cpuOf(0)],
      [
        'CPU a message, in a broadcast',
        `${cpuOf(1)} · **${ratio.toFixed(2)}**`,
      ],
      ['memory an item', `${(bytes / 1024).toFixed(2)} KB`],
    ],
  );
}

async function connect(server) {
  const { port } = await hear(server);
  const client = launch(
    'client',
    './broadcast-client.js',
    `http://127.0.0.1:${port}`,
  );
  await hear(client);
  return client;
}

function mostInASecond(times) {
  let most = 0;
  let first = 0;
  for (const [last, time] of times.entries()) {
    while (time - times[first] >= 1000) first++;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

function table(head, rows) {
  const rule = head.map((_, index) => (index === 0 ? '---' : '---:'));
  return [head, rule, ...rows]
    .map(cells => `| ${cells.join(' | ')} |`)
    .join('\n');
}
