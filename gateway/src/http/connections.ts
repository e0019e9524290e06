import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { networkOf } from './client';

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
