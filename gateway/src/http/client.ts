import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { Context } from 'hono';

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
