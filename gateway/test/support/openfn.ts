import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Received = { headers: IncomingHttpHeaders; body: string };

/** What OpenFn answers; by default that it made a work order. */
export type Answer = (response: ServerResponse, received: Received) => void;

const ACCEPT: Answer = response => {
  response.setHeader('content-type', 'application/json');
  response.end('{"work_order_id":"b7a1"}');
};

/** A webhook trigger that remembers what it got. */
export class FakeOpenFn {
  readonly received: Received[] = [];
  answer: Answer = ACCEPT;
  readonly #server: Server;
  #port = 0;

  constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString('utf8');
        const received = { headers: request.headers, body };
        this.received.push(received);
        this.answer(response, received);
      });
    });
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}/i/8f1c2d3e-4b5a-4c6d-8e7f-90a1b2c3d4e5`;
  }

  get bodies(): unknown[] {
    return this.received.map(({ body }) => JSON.parse(body) as unknown);
  }

  accept(): void {
    this.answer = ACCEPT;
  }

  refuse(status: number, body = '', headers: Record<string, string> = {}) {
    this.answer = response => {
      response.writeHead(status, headers).end(body);
    };
  }

  /** After `close`, on the same port as before. */
  async open(): Promise<this> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (this.#server.address() as AddressInfo).port;
    return this;
  }

  async close(): Promise<void> {
    const closed = new Promise(resolve => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }
}
