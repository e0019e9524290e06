import type { Readable } from 'node:stream';
import { Agent } from 'undici';
import type { Dispatcher } from 'undici';
import { Collector } from './collector';
import type { WireHeaders } from './collector';
import type { MadeBody } from './content';
import { proxyAgent } from './proxy';

// With proxy.ts, the only file that touches the network.

/** One request as it goes out. */
export type WireRequest = {
  method: string;
  origin: string;
  /** Path and query, encoded. */
  path: string;
  headers: Record<string, string>;
  body?: string | Buffer | Readable | MadeBody | undefined;
  /** Milliseconds to wait for the answer, and between two pieces of it; undici counts in steps of half a second. */
  timeout: number;
  /** Options of Node's TLS, for servers with certificates of their own. */
  tls?: object | undefined;
  /** Hand over the body as a stream, not yet read. */
  isStreamed?: boolean | undefined;
  /** The most bytes of an answer that is not streamed. */
  maxSize?: number | undefined;
  /** Whether somebody looks at the headers of a success; by default so. */
  needsHeaders?: boolean | undefined;
};

/** One answer: its body whole, or as the stream that was asked for. */
export type WireAnswer = {
  statusCode: number;
  statusText: string;
  headers: WireHeaders;
  body: Buffer | Readable;
};

export type Transport = (request: WireRequest) => Promise<WireAnswer>;

const CONNECT_TIMEOUT = 10_000;

// Kept for the life of the module, so that sends share connections.
const agents = new Map<string, Dispatcher>();

/** Sends a request with undici. Redirects are not followed. */
export const send: Transport = request => {
  const agent = agentFor(request.origin, request.tls);
  const options = optionsOf(request);
  if (request.isStreamed) return agent.request(options);
  // A stream that is read at once would cost a sixth of the throughput.
  return new Promise((resolve, reject) => {
    const { maxSize, needsHeaders } = request;
    const collector = new Collector(resolve, reject, maxSize, needsHeaders);
    agent.dispatch(options, collector);
  });
};

// Field by field: Node 20 takes long to make an object that begins with a
// spread, and undici then takes long to read it; together a sixth of a send.
const optionsOf = (request: WireRequest): Dispatcher.RequestOptions => ({
  origin: request.origin,
  method: request.method,
  path: request.path,
  headers: request.headers,
  // undici takes anything that can be iterated; its types say less.
  body: request.body as string,
  // undici's own time-outs: a timer or a signal for each call costs more than the call.
  headersTimeout: request.timeout,
  bodyTimeout: request.timeout,
});

function agentFor(origin: string, tls: object | undefined): Dispatcher {
  const key = tls === undefined ? origin : `${origin} ${JSON.stringify(tls)}`;
  let agent = agents.get(key);
  if (agent === undefined) {
    agent =
      proxyAgent(tls, CONNECT_TIMEOUT) ??
      new Agent({ connect: { ...tls, timeout: CONNECT_TIMEOUT } });
    agents.set(key, agent);
  }
  return agent;
}
