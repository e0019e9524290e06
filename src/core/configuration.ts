import { refuse } from './errors';

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
export type Configuration = { readonly [K in ConfigurationKey]?: string };

/** Values that no error and no log may show. */
export const secretKeys = keys.filter(
  key => !['baseUrl', 'apiVersion', 'gatewayUrl'].includes(key),
);

export const HINTS: Record<ConfigurationKey, string> = {
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

export const refuseMissingKey = (key: ConfigurationKey): never =>
  refuse(
    'CONFIGURATION_MISSING',
    `The credential has no ${key}.`,
    `Choose a credential for this step if it has none, and add ${key} to it. ${HINTS[key]}`,
  );

/** Refuses a value of the credential. */
export const refuseKey = (
  key: ConfigurationKey,
  wrong: string,
  fix: string,
): never =>
  refuse(
    'CONFIGURATION_INVALID',
    `The ${key} of the credential ${wrong}.`,
    fix,
  );
