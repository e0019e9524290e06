import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// A process of its own: an OpenFn that takes everything.
const server = createServer((request, response) => {
  request.resume().once('end', () => {
    response.setHeader('content-type', 'application/json');
    response.end('{"work_order_id":"b7a1"}');
  });
});

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/i/8f1c`;
  console.log(JSON.stringify({ msg: 'the gateway is ready', url }));
});
