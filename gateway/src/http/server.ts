import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { GatewayError, codeOf } from '../errors';

export interface WebServer {
  url: string;
  port: number;
  /** Takes no more connections, and returns when the last request is answered, or is too slow. */
  close: () => Promise<void>;
}

// Who is slower than this is broken, or wants to use up our connections.
const TIMEOUTS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 2_000,
  // Longer than a proxy keeps its connections, so that the proxy closes first.
  keepAliveTimeout: 75_000,
};

type Timeouts = Partial<typeof TIMEOUTS> & { patience?: number };

// How long the last requests may take once it closes: Node then looks for slow
// ones no more, and a single silent connection would keep it from ending.
const PATIENCE = 5_000;

export async function listen(
  app: Hono,
  { host, port }: { host: string; port: number },
  { patience = PATIENCE, ...timeouts }: Timeouts = {},
): Promise<WebServer> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: { ...TIMEOUTS, ...timeouts },
  }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once('error', error => reject(explain(error, host, port)));
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  const name = host.includes(':') ? `[${host}]` : host;
  return {
    url: `http://${name}:${address.port}`,
    port: address.port,
    close: () => close(server, patience),
  };
}

async function close(server: Server, patience: number): Promise<void> {
  // A connection that is kept alive becomes idle only after its last answer.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const end = setTimeout(() => server.closeAllConnections(), patience);
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
