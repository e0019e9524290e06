import { ProxyError } from './wire';
import { EnvHttpProxyAgent, Pool } from 'undici';
import type { Dispatcher } from 'undici';
import { refuse } from '../core/errors';

// The proxies that HTTPS_PROXY, HTTP_PROXY and NO_PROXY name. Every request goes
// through a tunnel (CONNECT), so that the proxy cannot read it.

/** The variables of the environment that name a proxy. */
export const PROXY_VARIABLES = [
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'http_proxy',
  'https_proxy',
];

/** An agent that goes through the proxies of the environment; undefined when it names none. */
export function proxyAgent(
  tls: object | undefined,
  timeout: number,
): Dispatcher | undefined {
  const { httpProxy, httpsProxy } = readProxies();
  if (httpProxy === '' && httpsProxy === '') return undefined;
  return new EnvHttpProxyAgent({
    httpProxy,
    httpsProxy: httpsProxy || httpProxy,
    noProxy: variable('NO_PROXY'),
    connect: { ...tls, timeout },
    ...(tls && { requestTls: tls }),
    clientFactory: (url, options) => clientOf(url, options, timeout),
  });
}

/** The proxies that the environment names, empty when it names none. */
const readProxies = () => ({
  httpProxy: readProxy('HTTP_PROXY'),
  httpsProxy: readProxy('HTTPS_PROXY'),
});

/** In small letters it goes first, as in other programs. */
const variable = (name: string): string =>
  process.env[name.toLowerCase()] || process.env[name] || '';

/** The address of a proxy; many are written without http://. */
function readProxy(name: string): string {
  const given = variable(name).trim();
  if (given === '') return '';
  const address = /^[a-z][a-z\d+.-]*:\/\//i.test(given)
    ? given
    : `http://${given}`;
  if (isProxy(address)) return address;
  return refuse(
    'CONFIGURATION_INVALID',
    `The variable ${name} of the environment is not the address of a proxy.`,
    'Write it as http://host:port, or http://name:password@host:port; in name and password write special characters as percent codes, such as %40 for @.',
  );
}

function isProxy(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, username, password } = new URL(address);
  try {
    decodeURIComponent(username + password);
  } catch {
    return false;
  }
  return ['http:', 'https:'].includes(protocol);
}

/** The connections to a proxy, whose failures are told apart from those of the server behind it. */
function clientOf(url: URL, options: object, timeout: number): Dispatcher {
  const name = `${url.protocol}//${url.host}`;
  const pool = new Pool(url.origin, { ...options, headersTimeout: timeout });
  const open: (
    given: Dispatcher.ConnectOptions,
  ) => Promise<Dispatcher.ConnectData> = pool.connect.bind(pool);
  const connect = async (given: Dispatcher.ConnectOptions) => {
    const tunnel = await open(given).catch((cause: unknown) => {
      throw new ProxyError(name, undefined, cause);
    });
    if (tunnel.statusCode === 200) return tunnel;
    tunnel.socket.on('error', () => undefined).destroy();
    throw new ProxyError(name, tunnel.statusCode);
  };
  return Object.assign(pool, { connect });
}
