import { Agent, request } from 'node:http';
import { signedBody } from './bodies';

// A process of its own: sends at a constant rate, whether answers come or not,
// and counts the time from when a request was due, not from when it got its turn.
const [url = '', rate = '240', seconds = '20'] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: 200 });
const total = Number(rate) * Number(seconds);
const latencies: number[] = [];
let failed = 0;

const start = performance.now() + 200;
const dueAt = (i: number) => start + (i * 1000) / Number(rate);

let next = 0;
const timer = setInterval(() => {
  while (next < total && dueAt(next) <= performance.now()) send(next++);
  if (next === total) clearInterval(timer);
}, 1);

function send(i: number): void {
  const { body, signature } = signedBody(i);
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'x-hub-signature-256': signature,
  };
  const posting = request(
    `${url}/webhook`,
    { method: 'POST', agent, headers },
    response => {
      if (response.statusCode !== 200) failed += 1;
      response.resume().once('end', () => done(i));
    },
  );
  posting.once('error', () => {
    failed += 1;
    done(i);
  });
  posting.end(body);
}

function done(i: number): void {
  latencies.push(performance.now() - dueAt(i));
  if (latencies.length < total) return;
  agent.destroy();
  latencies.sort((a, b) => a - b);
  const at = (share: number) =>
    latencies[Math.min(total - 1, Math.floor(share * total))];
  const result = { p50: at(0.5), p99: at(0.99), most: at(1), failed };
  console.log(JSON.stringify(result));
}
