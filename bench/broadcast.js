// Prints a table of what it takes to write to thousands: see README.md.
import { ask, hear, launch, stopAll } from './processes.js';
import { compare, interleave, median } from './statistics.js';

const LATENCY = 100;
const COUNT = 3000;
const ROUNDS = { least: 9, most: 9, seconds: 0 };

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
  const cpuOf = async (way, concurrency) => {
    const question = { way, count: 5000, concurrency, rate: 1e6 };
    const { cpu } = await ask(client, question);
    return cpu / question.count;
  };
  const ways = [
    () => cpuOf('alone', 1),
    () => cpuOf('alone', 50),
    () => cpuOf('broadcast', 50),
  ];
  for (const way of ways) await way();
  const speeds = await interleave(ROUNDS, [0, 1, 2], index => ways[index]());
  const { bytes } = await ask(client, { way: 'memory', count: 10_000 });
  const cells = index => [
    `${median(speeds.get(index)).toFixed(0)} µs`,
    ...[0, 1].map(other =>
      compare(speeds.get(index), speeds.get(other)).ratio.toFixed(2),
    ),
  ];
  return [
    table(
      ['CPU a message', 'value', 'to the first', 'to the second'],
      [
        ['`sendMessage`, one after the other', ...cells(0)],
        ['`sendMessage`, 50 at a time', ...cells(1)],
        ['**broadcast**, 50 at a time', ...cells(2)],
      ],
    ),
    `Memory an item, at most: ${(bytes / 1024).toFixed(2)} KB`,
  ].join('\n\n');
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
