// A stand-in for Meta that takes its time, and remembers when each message came.
import { createServer } from 'node:http';

const [latency] = process.argv.slice(2).map(Number);
const HEADERS = { 'content-type': 'application/json' };

let arrivals = [];

const server = createServer((request, response) => {
  arrivals.push(performance.now());
  const id = `wamid.${arrivals.length}`;
  request.resume().on('end', () => {
    setTimeout(() => {
      response.writeHead(200, HEADERS);
      response.end(JSON.stringify({ messages: [{ id }] }));
    }, latency);
  });
});

server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send(server.address()));

// Asked what came since it was asked last.
process.on('message', () => {
  process.send(arrivals);
  arrivals = [];
});
process.on('disconnect', () => process.exit());
