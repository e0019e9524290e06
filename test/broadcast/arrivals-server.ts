// A server in a process of its own, whose clock nobody else holds up. It is a
// proxy as well, and tells when each message came.
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { AddressInfo, Socket } from 'node:net';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

export type Told = {
  times: number[];
  connections: number;
  tunnels: number;
  /** The longest that this process waited for a core, in milliseconds. */
  delay: number;
};

const NOTHING = { connections: 0, tunnels: 0, delay: 0 };
let told: Told = { ...NOTHING, times: [] };

const delays = monitorEventLoopDelay({ resolution: 5 });
delays.enable();

const answer = async (request: IncomingMessage, response: ServerResponse) => {
  const time = performance.now();
  const { text } = (await json(request)) as { text: { body: string } };
  told.times.push(time);
  // A message says how long its answer takes, and whether the connection ends then.
  const [latency, end] = text.body.split(' ');
  await sleep(Number(latency));
  if (end === 'close') response.setHeader('connection', 'close');
  response.end(JSON.stringify({ messages: [{ id: 'wamid.1' }] }));
};

const server = createServer((request, response) => {
  void answer(request, response);
});
server.on('connection', () => told.connections++);
server.on('connect', (request: IncomingMessage, socket: Socket) => {
  told.tunnels++;
  const [host, port] = request.url!.split(':');
  const upstream = connect(Number(port), host, () => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    upstream.pipe(socket).pipe(upstream);
  });
  upstream.on('error', () => socket.destroy());
  socket.on('error', () => upstream.destroy());
});
server.listen(0, '127.0.0.1', () => {
  process.send!((server.address() as AddressInfo).port);
});

process.on('message', () => {
  process.send!({ ...told, delay: delays.max / 1e6 });
  delays.reset();
  told = { ...NOTHING, times: [] };
});
process.on('disconnect', () => process.exit());
