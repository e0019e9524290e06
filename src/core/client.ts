import {
  HINTS,
  keys,
  refuseKey,
  refuseMissingKey,
  secretKeys,
} from './configuration';
import type { Configuration, ConfigurationKey } from './configuration';
import { refuse, refuseOnPremises } from './errors';
import { isObject, isVersion, nameOf } from './values';

/** Where an API is: the origin, and the path up to the version. */
export type Base = { origin: string; path: string };

/** Options that hold for every request of an operation. */
export type ClientOptions = {
  connectTimeout?: unknown;
  phoneNumberId?: unknown;
};

const CLOUD = 'https://graph.facebook.com';
const VERSION = 'v25.0';
const ON_PREMISES_VERSION = 'v1';

/** Reads the credential, once for each operation; `args` are what the operation was given. */
export function connect(
  credential: unknown,
  args: readonly unknown[] = [],
  { connectTimeout, phoneNumberId }: ClientOptions = {},
): Client {
  const configuration = readConfiguration(credential);
  const timeout = readConnectTimeout(connectTimeout);
  const client = new Client(configuration, args, timeout);
  if (phoneNumberId === undefined || phoneNumberId === null) return client;
  if (client.isOnPremises) {
    refuseOnPremises('has but one number: leave out the option phoneNumberId');
  }
  return client.withNumber(readPhoneNumberId(phoneNumberId));
}

/**
 * The API that the credential names, and what may be asked with it. A value
 * that is missing or wrong is an error when it is needed, before any request.
 */
export class Client {
  /** Whether the API speaks as Meta's On-Premises API did: it is another than Meta's, and has no IDs of numbers. */
  readonly isOnPremises: boolean;
  private cachedBase: Base | undefined;

  constructor(
    private readonly configuration: Configuration,
    /** What the operation was given, which no error may show either. */
    readonly args: readonly unknown[],
    /** Milliseconds to wait for a connection. */
    readonly connectTimeout?: number,
  ) {
    const { baseUrl, phoneNumberId } = configuration;
    this.isOnPremises =
      baseUrl !== undefined &&
      phoneNumberId === undefined &&
      !META.test(baseUrl) &&
      !GRAPH_VERSION.test(baseUrl);
  }

  /** The same with another number to send from; an API that is not Meta's has but one. */
  withNumber(phoneNumberId: string | undefined): Client {
    if (phoneNumberId === undefined || this.isOnPremises) return this;
    const configuration = { ...this.configuration, phoneNumberId };
    return new Client(configuration, this.args, this.connectTimeout);
  }

  get base(): Base {
    return (this.cachedBase ??= baseOf(this.configuration, this.isOnPremises));
  }

  get token(): string {
    const token = this.need('apiToken');
    return /['"]/.test(token) ? refuseToken('apiToken') : asToken(token);
  }

  /** Where the gateway is, which has no versions, and its key. */
  get gateway(): { base: Base; token: string } {
    const address = this.need('gatewayUrl');
    const fix = 'Write it as https://gateway.example.';
    const { origin, pathname } = parseAddress('gatewayUrl', address, fix);
    // A key of a gateway may be any text that a header can carry.
    const token = asToken(this.need('gatewayKey'), 'gatewayKey');
    return { base: { origin, path: normalizePath(pathname) }, token };
  }

  get hasGateway(): boolean {
    return this.configuration.gatewayUrl !== undefined;
  }

  /** An ID at Meta, which is digits only. */
  id(key: 'phoneNumberId' | 'wabaId'): string {
    if (this.isOnPremises) refuseOnPremises('does not have this operation');
    const id = this.need(key);
    if (/^\d+$/.test(id)) return id;
    return refuseKey(
      key,
      'is not a number of digits only',
      `Correct ${key} in the credential. ${HINTS[key]}`,
    );
  }

  /** Where a path begins that is below the phone number. */
  get numberParts(): string[] {
    return this.isOnPremises ? [] : [this.id('phoneNumberId')];
  }

  /** A value of the credential, or an error. */
  need(key: ConfigurationKey): string {
    return this.configuration[key] ?? refuseMissingKey(key);
  }

  /** The values of the credential that no error may show. */
  get secrets(): unknown[] {
    return secretKeys.map(key => this.configuration[key]);
  }
}

function readConfiguration(credential: unknown): Configuration {
  if (!isObject(credential)) return {};
  const configuration: Partial<Record<ConfigurationKey, string>> = {};
  for (const key of keys) {
    const text = asText(key, valueOf(credential, key));
    if (text) configuration[key] = text;
  }
  return configuration;
}

function valueOf(credential: Record<string, unknown>, key: ConfigurationKey) {
  try {
    return credential[key];
  } catch {
    const fix = 'Choose the credential anew for this step.';
    return refuseKey(key, 'cannot be read', fix);
  }
}

/** OpenFn hands a value over as anybody typed it. */
function asText(key: ConfigurationKey, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value.trim();
  const isNumber = typeof value === 'number';
  if (isNumber && Number.isSafeInteger(value)) return String(value);
  return refuseKey(
    key,
    `is ${isNumber ? 'a number that lost digits' : nameOf(value)}, not text`,
    `Put ${key} between quotes in the credential.`,
  );
}

const META = /^(https?:\/\/)?([\w-]+\.)*facebook\.com\.?([:/]|$)/i;
const GRAPH_VERSION = /\/v\d+\.\d+\/*$/;

function asToken(token: string, key: 'apiToken' | 'gatewayKey' = 'apiToken') {
  return /^[\x21-\x7e]+$/.test(token) ? token : refuseToken(key);
}

const refuseToken = (key: 'apiToken' | 'gatewayKey') =>
  refuseKey(
    key,
    'has a space, a quote, a line break or a letter that no token has',
    "Copy it again, whole and alone, without quotes or the word 'Bearer'.",
  );

function baseOf(
  { baseUrl = CLOUD, apiVersion }: Configuration,
  isOnPremises: boolean,
): Base {
  // A run has one API, and to parse its address costs a twelfth of a send.
  if (lastParsed?.baseUrl !== baseUrl) {
    const fix = `Leave it out, or write it as ${CLOUD}.`;
    const { origin, pathname } = parseAddress('baseUrl', baseUrl, fix);
    lastParsed = { baseUrl, origin, path: normalizePath(pathname) };
  }
  const { origin, path } = lastParsed;
  const last = path.slice(path.lastIndexOf('/') + 1);
  const hasVersion = isOnPremises ? /^v\d+$/.test(last) : isVersion(last);
  if (hasVersion) return { origin, path };
  const version = isOnPremises ? ON_PREMISES_VERSION : readVersion(apiVersion);
  return { origin, path: `${path}/${version}` };
}

/** A path without a slash too many. */
const normalizePath = (path: string) =>
  ['', ...path.split('/').filter(Boolean)].join('/');

/** The address that was parsed last. */
let lastParsed: (Base & { baseUrl: string }) | undefined;

function readVersion(apiVersion = VERSION): string {
  const version = /^\d/.test(apiVersion) ? `v${apiVersion}` : apiVersion;
  if (isVersion(version)) return version;
  return refuseKey(
    'apiVersion',
    'is not a version of the API',
    `Leave it out, or write it as ${VERSION}.`,
  );
}

function parseAddress(key: ConfigurationKey, address: string, fix: string) {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined) return refuseKey(key, 'is not an address', fix);
  const isPlain = !url.username && !url.search && !url.hash;
  if (isPlain && isSafe(url)) return url;
  return refuseKey(
    key,
    'is not a plain https address',
    'Begin it with https://, without user name, ? or #; http is for this computer only.',
  );
}

/** Whether nobody can read on the way what is sent to an address. */
export const isSafe = (url: URL): boolean =>
  url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));

/** Whether an address is on this computer. */
export const isLoopback = ({ hostname }: URL): boolean =>
  /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);

function readConnectTimeout(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined;
  if (Number.isFinite(value) && Number(value) > 0) return Number(value);
  return refuse(
    'INVALID_OPTIONS',
    'The option connectTimeout is not a number of milliseconds.',
    'Write it as { connectTimeout: 5000 } for 5 seconds.',
  );
}

/** The ID of a number: digits, as text. */
export function readPhoneNumberId(value: unknown): string {
  const phoneNumberId = String(
    typeof value === 'string' || Number.isSafeInteger(value) ? value : '',
  ).trim();
  if (/^\d+$/.test(phoneNumberId)) return phoneNumberId;
  return refuse(
    'INVALID_OPTIONS',
    'The option phoneNumberId is not a text of digits only.',
    'Give the ID that WhatsApp Manager shows beside the number, not the phone number itself; leave the option out for the number of the credential.',
  );
}
