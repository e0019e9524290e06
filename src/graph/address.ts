import { isLoopback, isSafe } from '../core/client';
import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { refuse } from '../core/errors';
import { nameOf } from '../core/values';

// Addresses of other systems, as a job gives them.

/**
 * An address elsewhere: https, or http on this computer. Addresses of a private
 * network are allowed, as a worker often stands beside the system that it
 * serves: whoever writes the job decides where it may lead.
 */
export function readAddress(given: unknown, at: string): URL {
  if (typeof given !== 'string') return refuseAddress(at, nameOf(given));
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url === undefined) return refuseAddress(at, 'not an address');
  if (!isSafe(url)) return refuseAddress(at, 'not an https address');
  if (url.username === '' && url.password === '') return url;
  return refuse(
    'INVALID_ADDRESS',
    `${at} has a user name or a password in it.`,
    'Take them out, and give them in a header if the system needs them.',
  );
}

/**
 * Whether a redirect may be followed. Where it leads, a stranger wrote: never
 * from the internet into the network of the worker, and never to http.
 */
export const mayLeadTo = (to: URL, from: URL): boolean =>
  isLoopback(from)
    ? isSafe(to)
    : to.protocol === 'https:' &&
      (isInside(from.hostname) || !isInside(to.hostname));

const SUBNETS: [string, number, 'ipv4' | 'ipv6'][] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['::', 127, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 10, 'ipv6'],
];

/** A host inside a private network, as far as its name tells. */
function isInside(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (!isIPv4(host) && !isIPv6(host)) {
    return !/\.(?!local|internal)[^.]+$/.test(host.replace(/\.$/, ''));
  }
  const inside = new BlockList();
  for (const [net, prefix, family] of SUBNETS) {
    inside.addSubnet(net, prefix, family);
  }
  return inside.check(host, isIPv4(host) ? 'ipv4' : 'ipv6');
}

const refuseAddress = (at: string, wrong: string) =>
  refuse(
    'INVALID_ADDRESS',
    `${at} is ${wrong}.`,
    'Write it as https://host/path; http is for this computer only.',
  );
