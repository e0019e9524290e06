import { refuse } from './errors';
import { isObject, nameOf } from './values';

/** Keys of a credential that this adaptor reads; every value is trimmed text. */
export const keys = [
  'baseUrl',
  'apiVersion',
  'apiToken',
  'phoneNumberId',
  'wabaId',
  'appSecret',
  'verifyToken',
  'gatewayUrl',
  'gatewayKey',
] as const;

export type ConfigurationKey = (typeof keys)[number];
export type Configuration = { readonly [K in ConfigurationKey]?: string } & {
  /** Milliseconds to wait for a connection: an option of operations. */
  readonly connectTimeout?: number;
  /** What the operation was given, so that no error shows it. */
  readonly [GIVEN]?: unknown;
};

/** A symbol, so that it is in no credential, and goes along with every copy. */
export const GIVEN = Symbol('given');

const HINTS: Record<ConfigurationKey, string> = {
  baseUrl: 'It is https://graph.facebook.com for the Cloud API.',
  apiVersion: 'It looks like v25.0.',
  apiToken:
    'Make a System User token in Meta Business Settings, with the permissions whatsapp_business_messaging and whatsapp_business_management.',
  phoneNumberId:
    'WhatsApp Manager shows it beside the number; it is the ID, not the phone number itself.',
  wabaId: 'WhatsApp Manager shows it as the WhatsApp Business Account ID.',
  appSecret: "It is in the settings of the Meta app, under 'Basic'.",
  verifyToken: 'It is the text that you chose for the webhook at Meta.',
  gatewayUrl: 'It is the address of your WhatsApp gateway.',
  gatewayKey: 'It is the GATEWAY_KEY of your WhatsApp gateway.',
};

/** The credential as trimmed text: OpenFn hands it over as anybody typed it. */
export function readConfiguration(given: unknown): Configuration {
  if (!isObject(given)) return {};
  const configuration: Partial<Record<ConfigurationKey, string>> = {};
  for (const key of keys) {
    const text = asText(key, valueOf(given, key));
    if (text) configuration[key] = text;
  }
  return configuration;
}

/** The value of a key, or a clear error before any request is made. */
export function need(
  configuration: Configuration,
  key: ConfigurationKey,
): string {
  const value = configuration[key];
  if (value !== undefined) return value;
  return refuse(
    'CONFIGURATION_MISSING',
    `The credential has no ${key}.`,
    `Choose a credential for this step if it has none, and add ${key} to it. ${HINTS[key]}`,
  );
}

/** A token, checked for what a header cannot carry. */
export function needToken(
  configuration: Configuration,
  key: 'apiToken' | 'gatewayKey' = 'apiToken',
): string {
  const token = need(configuration, key);
  // A key of a gateway may be any text; a token has no quotes.
  const isQuoted = key === 'apiToken' && /['"]/.test(token);
  if (!isQuoted && /^[\x21-\x7e]+$/.test(token)) return token;
  return refuse(
    'CONFIGURATION_INVALID',
    `The ${key} of the credential has a space, a quote, a line break or a letter that no token has.`,
    "Copy it again, whole and alone, without quotes or the word 'Bearer'.",
  );
}

const META = /^(https?:\/\/)?([\w-]+\.)*facebook\.com\.?([:/]|$)/i;
const GRAPH_VERSION = /\/v\d+\.\d+\/*$/;

/**
 * Whether the API speaks as Meta's On-Premises API did: it is another than
 * Meta's, and the ID of a number, which that one does not have, is not given.
 */
export function isOnPremises(configuration: Configuration): boolean {
  const { baseUrl, phoneNumberId } = configuration;
  if (baseUrl === undefined || phoneNumberId !== undefined) return false;
  return !META.test(baseUrl) && !GRAPH_VERSION.test(baseUrl);
}

/** Refuses what only the Cloud API has. */
export function refuseOnPremises(what: string): never {
  return refuse(
    'NOT_ON_PREMISES',
    `The API of the credential speaks the On-Premises way, and ${what}.`,
    'Use `request` for what it has of its own. If baseUrl leads to the Cloud API all the same, add phoneNumberId to the credential.',
  );
}

/** An ID at Meta, which is digits only. */
export function needId(
  configuration: Configuration,
  key: 'phoneNumberId' | 'wabaId',
): string {
  if (isOnPremises(configuration)) {
    refuseOnPremises(`does not have this operation`);
  }
  const id = need(configuration, key);
  if (/^\d+$/.test(id)) return id;
  return refuse(
    'CONFIGURATION_INVALID',
    `The ${key} of the credential is not a number of digits only.`,
    `Correct ${key} in the credential. ${HINTS[key]}`,
  );
}

function valueOf(given: Record<string, unknown>, key: ConfigurationKey) {
  try {
    return given[key];
  } catch {
    return refuse(
      'CONFIGURATION_INVALID',
      `The ${key} of the credential cannot be read.`,
      'Choose the credential anew for this step.',
    );
  }
}

function asText(key: ConfigurationKey, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number' && Number.isSafeInteger(value)) {
    return String(value);
  }
  return refuse(
    'CONFIGURATION_INVALID',
    `The ${key} of the credential is ${typeof value === 'number' ? 'a number that lost digits' : nameOf(value)}, not text.`,
    `Put ${key} between quotes in the credential.`,
  );
}
