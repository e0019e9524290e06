import { EnvHttpProxyAgent } from 'undici';
import type { Dispatcher } from 'undici';
import { Unusable } from './schemas';

export type Proxies = Record<'httpProxy' | 'httpsProxy' | 'noProxy', string>;

/** The proxies that the environment names, empty when it names none. */
export function readProxies(): Proxies {
  const httpProxy = readProxy('HTTP_PROXY');
  return {
    httpProxy,
    httpsProxy: readProxy('HTTPS_PROXY') || httpProxy,
    noProxy: variable('NO_PROXY'),
  };
}

/** In small letters it goes first, as in other programs. */
const variable = (name: string): string =>
  process.env[name.toLowerCase()] || process.env[name] || '';

/** The address of a proxy; many are written without http://. */
function readProxy(name: string): string {
  const given = variable(name).trim();
  if (given === '') return '';
  const hasScheme = /^[a-z][a-z\d+.-]*:\/\//i.test(given);
  const address = hasScheme ? given : `http://${given}`;
  if (isProxy(address)) return address;
  throw new Unusable(
    `The variable ${name} of the environment is not the address of a proxy. Write it as http://host:port, or http://name:password@host:port; in name and password write special characters as percent codes, such as %40 for @.`,
  );
}

function isProxy(address: string): boolean {
  try {
    const { protocol, username, password } = new URL(address);
    decodeURIComponent(username + password);
    return ['http:', 'https:'].includes(protocol);
  } catch {
    return false;
  }
}

/** An agent that goes through the proxies of the environment; undefined when it names none. */
export function createProxyAgent(timeout: number): Dispatcher | undefined {
  const proxies = readProxies();
  if (proxies.httpProxy === '' && proxies.httpsProxy === '') return undefined;
  return new EnvHttpProxyAgent({ ...proxies, connect: { timeout } });
}
