import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { GatewayError, codeOf } from '../core/errors';
import { limitConnections } from './guard';
import type { ConnectionLimits } from './guard';

export interface WebServer {
  url: string;
  port: number;
  /** Takes no more connections, and returns when the last request is answered, or is too slow. */
  close: () => Promise<void>;
}

// Slower clients are broken, or want to use up connections.
const TIMEOUTS = {
  headersTimeout: 5_000,
  // For headers and body together. Meta needs milliseconds.
  requestTimeout: 10_000,
  connectionsCheckingInterval: 500,
  // Longer than a proxy keeps its connections, so that the proxy closes first.
  keepAliveTimeout: 75_000,
};

const CONNECTIONS: ConnectionLimits = { perAddress: 100, total: 2_000 };

type Timeouts = Partial<typeof TIMEOUTS & ConnectionLimits> & {
  closeTimeout?: number;
};

// How long the last requests may take once it closes: Node then looks for slow
// ones no more, and a single silent connection would keep it from ending.
const CLOSE_TIMEOUT = 5_000;

type Address = { host: string; port: number; trustProxy?: number };

export async function listen(
  app: Pick<Hono, 'fetch'>,
  { host, port, trustProxy = 0 }: Address,
  { closeTimeout = CLOSE_TIMEOUT, ...limits }: Timeouts = {},
): Promise<WebServer> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: { ...TIMEOUTS, ...limits },
  }) as Server;
  limitConnections(server, { ...CONNECTIONS, ...limits }, trustProxy > 0);
  await new Promise<void>((resolve, reject) => {
    server.once('error', error => reject(explain(error, host, port)));
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${name}:${address.port}`,
    port: address.port,
    close: () => close(server, closeTimeout),
  };
}

async function close(server: Server, closeTimeout: number): Promise<void> {
  // A connection that is kept alive becomes idle only after its last answer.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const end = setTimeout(() => server.closeAllConnections(), closeTimeout);
  await new Promise<void>(resolve => server.close(() => resolve()));
  clearInterval(sweep);
  clearTimeout(end);
}

function explain(error: Error, host: string, port: number): Error {
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return new GatewayError(
        'PORT_IN_USE',
        `Something else listens on port ${port} of ${host}.`,
        'Choose another port with PORT, or stop the other program.',
      );
    case 'EACCES':
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new GatewayError(
        'CANNOT_LISTEN',
        `The gateway may not listen on port ${port} of ${host}.`,
        'Set HOST to an address of this machine, and PORT to a number above 1023.',
      );
    default:
      return error;
  }
}
