import type { Readable } from 'node:stream';
import { Agent } from 'undici';
import type { Dispatcher } from 'undici';
import { Collector, NotYetWritten } from './collector';
import type { Collected, WireHeaders } from './collector';
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
  /** Milliseconds to wait for a connection, its TLS handshake included. */
  connectTimeout?: number | undefined;
  /** Options of Node's TLS, for servers with certificates of their own. */
  tls?: object | undefined;
  /** Hand over the body as a stream, not yet read. */
  isStreamed?: boolean | undefined;
  /** Milliseconds from the first piece of an answer to its last, when it is not streamed; by default `timeout`. */
  duration?: number | undefined;
  /** The most bytes of an answer that is not streamed; by default 16 MB. */
  maxSize?: number | undefined;
  /** Whether somebody looks at the headers of a success; by default so. */
  needsHeaders?: boolean | undefined;
  /** Gives leave to write the request. */
  limiter?: Limiter | undefined;
};

/** What says when a request may be written on its connection. */
export type Limiter = {
  /** Resolves when it may be written at once; undefined when that is now. */
  take: () => Promise<void> | undefined;
  /** It is written now; false when that is too late. */
  begin: () => boolean;
  /** It was not written, and asks again. */
  giveBack: () => void;
};

/** One answer: its body whole, or as the stream that was asked for. */
export type WireResponse = {
  statusCode: number;
  statusText: string;
  headers: WireHeaders;
  body: Buffer | Readable;
  /** A refusal with so many words that the rest of them was not read. */
  isCut?: boolean;
};

export type Transport = (request: WireRequest) => Promise<WireResponse>;

const CONNECT_TIMEOUT = 10_000;

// Kept for the life of the module, so that sends share connections.
const agents = new Map<string, Dispatcher>();

/** Sends a request with undici. Redirects are not followed. */
export const send: Transport = request => {
  const agent = agentFor(request);
  const options = optionsOf(request);
  const { limiter, body } = request;
  if (limiter !== undefined) {
    // What makes its body while it is sent cannot begin a second time.
    const isWhole = typeof body === 'string' || Buffer.isBuffer(body);
    if (isWhole) return sendLimited(agent, request, options, limiter);
    return Promise.resolve(limiter.take()).then(() => {
      limiter.begin();
      return sendNow(agent, request, options);
    });
  }
  return sendNow(agent, request, options);
};

function sendNow(
  agent: Dispatcher,
  request: WireRequest,
  options: Dispatcher.RequestOptions,
): Promise<WireResponse> {
  if (request.isStreamed) return agent.request(options);
  // A stream that is read at once would cost a sixth of the throughput.
  return new Promise((resolve, reject) => {
    const { maxSize, needsHeaders, timeout, duration = timeout } = request;
    const collector = new Collector(
      resolve,
      reject,
      maxSize,
      needsHeaders,
      undefined,
      duration,
    );
    agent.dispatch(options, collector);
  });
}

/**
 * Sends a request that is written when it has leave to, or not at all. One for
 * which a connection has to be made first would be written whenever that
 * stands, together with others: it is taken off the connection, which stays
 * open, and asks for leave once more.
 */
async function sendLimited(
  agent: Dispatcher,
  { maxSize, needsHeaders, timeout, duration = timeout }: WireRequest,
  options: Dispatcher.RequestOptions,
  limiter: Limiter,
): Promise<WireResponse> {
  for (;;) {
    const waiting = limiter.take();
    if (waiting !== undefined) await waiting;
    const answer = await new Promise<Collected | undefined>(
      (resolve, reject) => {
        let hasLeave = true;
        const collector = new Collector(
          resolve,
          error => (isNotWritten(error) ? resolve(undefined) : reject(error)),
          maxSize,
          needsHeaders,
          () => hasLeave && limiter.begin(),
          duration,
        );
        agent.dispatch(options, collector);
        // On an idle connection undici writes at once, or in an immediate of its own, which runs before this one.
        const end = () => {
          hasLeave = false;
          if (!collector.hasBegun) limiter.giveBack();
        };
        if (!collector.hasBegun) setImmediate(end);
      },
    );
    if (answer !== undefined) return answer;
  }
}

const isNotWritten = ({ cause }: Error) => cause instanceof NotYetWritten;

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

function agentFor({ origin, tls, connectTimeout }: WireRequest): Dispatcher {
  const key =
    tls === undefined && connectTimeout === undefined
      ? origin
      : `${origin} ${connectTimeout} ${JSON.stringify(tls)}`;
  let agent = agents.get(key);
  if (agent === undefined) {
    const timeout = connectTimeout ?? CONNECT_TIMEOUT;
    agent =
      proxyAgent(tls, timeout) ?? new Agent({ connect: { ...tls, timeout } });
    agents.set(key, agent);
  }
  return agent;
}
