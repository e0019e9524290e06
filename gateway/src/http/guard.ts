import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { Hono } from 'hono';
import type { Context, MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { BadParameter } from './error-response';

/** The request as Node has it; missing when an application is asked without a server. */
type Bindings = { incoming?: IncomingMessage } | undefined;

/** The body of a request, not yet read. */
export function bodyOf(context: Context): Readable {
  const incoming = (context.env as Bindings)?.incoming;
  if (incoming !== undefined) return incoming;
  const { body } = context.req.raw;
  return body === null ? Readable.from([]) : Readable.fromWeb(body);
}

/**
 * Where a request comes from. Each reverse proxy in front of the gateway adds
 * the address that it sees at the end of X-Forwarded-For; what is before these
 * the client may have written itself.
 */
export function addressOf(context: Context, proxies: number): string {
  const incoming = (context.env as Bindings)?.incoming;
  const peer = incoming?.socket.remoteAddress ?? '';
  if (proxies === 0) return networkOf(peer);
  const forwarded = context.req.header('x-forwarded-for') ?? '';
  return networkOf(forwarded.split(',').at(-proxies)?.trim() || peer);
}

/** Whoever has an IPv6 address has the 2^64 of its network. */
export function networkOf(address: string): string {
  if (!address.includes(':') || address.startsWith('::ffff:')) return address;
  const [head = '', tail] = address.split('::');
  const groups = head.split(':').filter(group => group !== '');
  const rest = (tail ?? '').split(':').filter(group => group !== '');
  const zeros = tail === undefined ? 0 : 8 - groups.length - rest.length;
  return [...groups, ...Array<string>(zeros).fill('0'), ...rest]
    .slice(0, 4)
    .map(group => parseInt(group, 16).toString(16))
    .join(':');
}

export type ConnectionLimits = {
  /** Connections that wait for their client, from one address. */
  perAddress: number;
  /** Connections of all. */
  total: number;
};

type Waiting = Map<Socket, { address: string }>;

/**
 * Closes the connections that have waited longest for their client, so that
 * silent ones never keep others out. Those of this machine, where a reverse
 * proxy has them all, are limited only together, and so are those of
 * `isProxied` gateways.
 */
export function limitConnections(
  server: Server,
  { perAddress, total }: ConnectionLimits,
  isProxied: boolean,
): void {
  // In the order in which they began to wait.
  const waiting: Waiting = new Map();
  const open = new Set<Socket>();
  const wait = (socket: Socket) => {
    if (!open.has(socket)) return;
    const address = networkOf(socket.remoteAddress ?? '');
    waiting.set(socket, { address });
    if (isProxied || isLoopback(address)) return;
    const own = [...waiting].filter(([, one]) => one.address === address);
    if (own.length > perAddress) own[0]?.[0].destroy();
  };
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => {
      open.delete(socket);
      waiting.delete(socket);
    });
    wait(socket);
    if (open.size > total) waiting.keys().next().value?.destroy();
  });
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    const serve = () => void waiting.delete(socket);
    if (hasBody(request)) request.once('end', serve);
    else serve();
    response.once('finish', () => wait(socket));
  });
}

function hasBody({ headers }: IncomingMessage): boolean {
  const { 'content-length': length, 'transfer-encoding': coding } = headers;
  return coding !== undefined || (length !== undefined && length !== '0');
}

function isLoopback(address: string): boolean {
  return /^(::ffff:)?127\.0\.0\.1$/.test(address) || address === '0:0:0:0';
}

export type BodyLimits = {
  /** Bytes of one body. */
  body: number;
  /** Bytes of all bodies that are being received. */
  total: number;
};

/** Why a body was not received. */
export type Refusal = 'TOO_LARGE' | 'BUSY' | 'INCOMPLETE';

export type Receive = (
  source: Readable,
  address: string,
) => Promise<Buffer | Refusal>;

type Body = {
  address: string;
  size: number;
  finish: (result: Refusal) => void;
};

/**
 * Receives bodies within so much memory, counted as they arrive. When it is
 * used up, the oldest body of the address that uses the most is given up: it
 * is slow, and no other body waits for it.
 */
export function createReceive({ body: most, total }: BodyLimits): Receive {
  const bodies = new Set<Body>();
  let used = 0;

  return (source, address) =>
    new Promise(resolve => {
      const chunks: Buffer[] = [];
      const body: Body = { address, size: 0, finish };
      const onData = (chunk: Buffer) => {
        if (body.size + chunk.length > most) return finish('TOO_LARGE');
        chunks.push(chunk);
        body.size += chunk.length;
        used += chunk.length;
        while (used > total) slowest(bodies)?.finish('BUSY');
      };
      function finish(result: Buffer | Refusal): void {
        if (!bodies.delete(body)) return;
        used -= body.size;
        source.off('data', onData);
        resolve(result);
      }
      bodies.add(body);
      source.on('data', onData);
      source.once('end', () => finish(Buffer.concat(chunks)));
      for (const event of ['error', 'close']) {
        source.on(event, () => finish('INCOMPLETE'));
      }
      if (source.destroyed) finish('INCOMPLETE');
    });
}

/** The bodies are in the order of their arrival. */
function slowest(bodies: Iterable<Body>): Body | undefined {
  const sizes = new Map<string, number>();
  for (const { address, size } of bodies) {
    sizes.set(address, (sizes.get(address) ?? 0) + size);
  }
  const largest = Math.max(...sizes.values());
  for (const body of bodies) {
    if (body.size > 0 && sizes.get(body.address) === largest) return body;
  }
  return undefined;
}

/** Answers with the application that was set last: another one after the store was moved. */
export function createAppSwitch() {
  let current: Hono | undefined;
  const fetch: Hono['fetch'] = (...request) => {
    if (current === undefined) throw new Error('No store is open.');
    return current.fetch(...request);
  };
  return { fetch, switchTo: (app: Hono) => void (current = app) };
}

/** An application that refuses what no text of PostgreSQL can hold, and whose answers nobody may keep. */
export function createGuardedApp(): Hono {
  const app = new Hono();
  app.use(secure);
  app.use(async (context, next) => {
    // A text of PostgreSQL holds no NUL.
    if (context.req.url.includes('%00'))
      throw new BadParameter('%00', 'Leave out the NUL character.');
    await next();
  });
  app.use(async (context, next) => {
    await next();
    // What people wrote has no place in anybody's cache.
    if (!context.res.headers.has('Cache-Control')) {
      context.header('Cache-Control', 'no-store');
    }
  });
  return app;
}

const secureOthers = secureHeaders({
  contentSecurityPolicy: { defaultSrc: ["'none'"] },
  xFrameOptions: 'DENY',
});

const secureConsole = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    connectSrc: ["'self'"],
    formAction: ["'none'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  xFrameOptions: 'DENY',
});

/** Nothing from elsewhere runs in a browser, and only the console runs anything. */
const secure: MiddlewareHandler = (context, next) =>
  /^\/console(\/|$)/.test(context.req.path)
    ? secureConsole(context, next)
    : secureOthers(context, next);
