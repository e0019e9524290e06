import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as a server received it; `isWhole` when it ended as it should, `hasEnded` when it ended at all. */
export type Received = {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: Buffer;
  isWhole: boolean;
  hasEnded: boolean;
};

type Answer = (request: Received, response: ServerResponse) => void;

const servers: Server[] = [];

/** A server on this computer that keeps what it received. */
export async function listen(answer: Answer, { isEarly = false } = {}) {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void keep(request, response);
  });
  const keep = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = '', url = '', headers } = request;
    const pieces: Buffer[] = [];
    const entry = {
      method,
      url,
      headers,
      body: Buffer.alloc(0),
      isWhole: false,
      hasEnded: false,
    };
    received.push(entry);
    if (isEarly) return answer(entry, response);
    try {
      for await (const piece of request) pieces.push(piece as Buffer);
      entry.isWhole = true;
    } catch {
      // Broken off by the sender.
    }
    entry.body = Buffer.concat(pieces);
    entry.hasEnded = true;
    if (entry.isWhole) answer(entry, response);
  };
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, received };
}

export function closeServers(): void {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
}

/** Everything that a server saw, as text. */
export const seen = (received: Received[]) =>
  received
    .map(
      ({ url, headers, body }) =>
        url + JSON.stringify(headers) + body.toString('latin1'),
    )
    .join();

/** Waits until something is so. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise(done => setTimeout(done, 5));
}
