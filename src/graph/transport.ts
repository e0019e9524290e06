import {
  BrokenResponse,
  MAX_REFUSAL,
  MAX_SIZE,
  NeverBegun,
  ResponseTooLarge,
  ResponseTooSlow,
} from './wire';
import type {
  Collected,
  Limiter,
  Transport,
  WireHeaders,
  WireRequest,
  WireResponse,
} from './wire';
import { Agent, util } from 'undici';
import type { Dispatcher } from 'undici';
import { PROXY_VARIABLES, proxyAgent } from './proxy';

// With proxy.ts, the only file that touches the network.

const CONNECT_TIMEOUT = 10_000;

// Kept for the life of the module, so that sends share connections.
const agents = new Map<string, Dispatcher>();

/** Sends a request with undici. Redirects are not followed. */
export const send: Transport = request => {
  const agent = agentFor(request);
  const options = optionsOf(request);
  const { limiter, body } = request;
  if (limiter === undefined) return sendNow(agent, request, options);
  const isWhole = typeof body === 'string' || Buffer.isBuffer(body);
  if (isWhole) return sendLimited(agent, request, options, limiter);
  // What makes its body while it is sent cannot begin a second time.
  return Promise.resolve(limiter.take()).then(() => {
    limiter.begin();
    return sendNow(agent, request, options);
  });
};

function sendNow(
  agent: Dispatcher,
  request: WireRequest,
  options: Dispatcher.RequestOptions,
): Promise<WireResponse> {
  if (request.isStreamed) return agent.request(options);
  // A stream that is read at once would cost a sixth of the throughput.
  return new Promise((resolve, reject) => {
    agent.dispatch(options, new Collector(request, resolve, reject));
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
  request: WireRequest,
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
          request,
          resolve,
          error =>
            error instanceof NotYetWritten ? resolve(undefined) : reject(error),
          () => hasLeave && limiter.begin(),
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

/** The connection stands only now, when the request may no longer be written. */
class NotYetWritten extends Error {}

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
    const hasProxy = PROXY_VARIABLES.some(name => process.env[name]);
    agent =
      (hasProxy ? proxyAgent(tls, timeout) : undefined) ??
      new Agent({ connect: { ...tls, timeout } });
    agents.set(key, agent);
  }
  return agent;
}

/** The most informational answers (103 and its like) before the answer. */
const MAX_INFORMATIONAL = 10;

/**
 * Collects an answer of undici, piece by piece; through the older interface of
 * undici 7, as the newer one reads the headers of every answer. That is a tenth
 * of what a send costs, and nobody looks at them when it succeeds.
 */
class Collector implements Dispatcher.DispatchHandler {
  hasBegun = false;
  private statusCode = 0;
  private statusText = '';
  private headers: WireHeaders = {};
  private readonly maxSize: number;
  private readonly pieces: Buffer[] = [];
  /** Where the pieces go at once when it is known how many they are. */
  private whole: Buffer | undefined;
  private size = 0;
  private isCut = false;
  private informational = 0;
  /** When the answer has to be here. */
  private end = Infinity;
  private abort: (reason: Error) => void = () => {};

  constructor(
    private readonly request: WireRequest,
    private readonly resolve: (answer: Collected) => void,
    private readonly reject: (error: Error) => void,
    private readonly mayBegin?: () => boolean,
  ) {
    this.maxSize = request.maxSize ?? MAX_SIZE;
  }

  /** Is called when the connection stands, just before the request is written. */
  onConnect(abort: (reason?: Error) => void): void {
    // To throw takes the request off the connection, which stays open.
    if (this.mayBegin?.() === false) throw new NotYetWritten();
    this.hasBegun = true;
    this.abort = abort;
  }

  onHeaders(
    statusCode: number,
    rawHeaders: Buffer[],
    _resume: () => void,
    statusText = '',
  ): boolean {
    // It comes before the answer; its headers say nothing about that.
    if (statusCode < 200) return this.countInformational();
    const { duration, timeout, needsHeaders = true } = this.request;
    this.end = Date.now() + (duration ?? timeout);
    this.statusCode = statusCode;
    this.statusText = statusText;
    // A refusal tells in them when to try again.
    if (needsHeaders || statusCode >= 300) {
      this.headers = util.parseHeaders(rawHeaders);
    }
    // A refusal is told as one, however long its words are.
    if (statusCode >= 300) return true;
    const length = Number(this.headers['content-length'] ?? 0);
    if (length > this.maxSize) this.stop(this.tooLarge());
    else if (length > 0) this.whole = Buffer.allocUnsafe(length);
    return true;
  }

  onData(piece: Buffer): boolean {
    if (this.whole) piece.copy(this.whole, this.size);
    else this.pieces.push(piece);
    this.size += piece.length;
    const isLate = Date.now() > this.end;
    if (this.statusCode >= 300) {
      if (isLate || this.size > MAX_REFUSAL) this.cut();
    } else if (this.size > this.maxSize) this.stop(this.tooLarge());
    else if (isLate) this.stop(new ResponseTooSlow(this.statusCode));
    return true;
  }

  onComplete(): void {
    const { statusCode, statusText, headers, isCut } = this;
    const body = this.bodyOf(this.pieces);
    this.resolve({
      statusCode,
      statusText,
      headers,
      body,
      ...(isCut && { isCut }),
    });
  }

  onError(error: Error): void {
    const isOwn = this.hasBegun && (this.statusCode === 0 || isOurs(error));
    if (isOwn || error instanceof NotYetWritten) this.reject(error);
    else if (!this.hasBegun) this.reject(new NeverBegun(error));
    else this.reject(new BrokenResponse(this.statusCode, error));
  }

  private bodyOf(pieces: Buffer[]): Buffer {
    if (this.whole) return this.whole.subarray(0, this.size);
    return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
  }

  private countInformational(): boolean {
    this.informational++;
    if (this.informational > MAX_INFORMATIONAL)
      this.stop(new ResponseTooSlow(0));
    return true;
  }

  /** Takes what has come of a refusal for all of it. */
  private cut(): void {
    this.isCut = true;
    this.onComplete();
    this.stop(this.tooLarge());
  }

  private tooLarge = () => new ResponseTooLarge(this.maxSize, this.statusCode);

  private stop(reason: Error): void {
    this.abort(reason);
  }
}

const isOurs = (error: Error): boolean =>
  error instanceof ResponseTooLarge || error instanceof ResponseTooSlow;
