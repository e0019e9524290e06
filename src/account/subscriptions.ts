import { change, succeeded } from './change';
import type { Client } from '../core/client';
import { refuse } from '../core/errors';
import type { Context, Result } from '../core/operation';
import { isObject, lengthOf } from '../core/values';
import { readPages } from '../graph/pages';
import { httpsLink, withRules, text } from '../schema/rules';
import type { Rule } from '../schema/rules';
import type {
  AccountOptions,
  PageOptions,
  Subscription,
  SubscriptionOptions,
} from '../types';
import {
  deliveryOf,
  readAccountOptions,
  readPageOptions,
  refuseEmpty,
} from './options';

// Which apps get the webhooks of the account, and at which address.

const MOST = 200;

const short: Rule = {
  summary: `at most ${MOST}`,
  isValid: (url: string) => lengthOf(url) <= MOST,
  message: `has more than ${MOST} characters, which is the most that WhatsApp takes`,
  fix: 'Use a shorter address.',
};

/** Subscribes the app to the account: at its own address, or at another one. */
export async function addSubscription(
  { client }: Context,
  given: unknown,
): Promise<Result> {
  refuseEmpty(given, 'callbackUrl');
  const options = readAccountOptions<SubscriptionOptions>(given, {
    callbackUrl: withRules(httpsLink(), short),
    verifyToken: text(),
  });
  const body = overrideOf(client, options);
  return subscribe(client, 'POST', body, options);
}

/** Takes the app off the account: no webhooks come any more. */
export async function removeSubscription(
  { client }: Context,
  given: unknown,
): Promise<Result> {
  const options = readAccountOptions<AccountOptions>(given);
  return subscribe(client, 'DELETE', undefined, options);
}

/** The apps that get the webhooks. */
export async function readSubscriptions(
  { client }: Context,
  given: unknown,
): Promise<Result> {
  const { options, extent } = readPageOptions<PageOptions>(given);
  const call = { parts: partsFor(client), ...deliveryOf(options) };
  const { items, response } = await readPages(client, call, extent);
  return { data: items.filter(isObject).map(subscriptionOf), response };
}

/** Another address than the app's own is used only when one is given. */
function overrideOf(
  client: Client,
  { callbackUrl, verifyToken }: SubscriptionOptions,
) {
  if (callbackUrl !== undefined) {
    return {
      override_callback_uri: callbackUrl,
      verify_token: verifyToken ?? client.need('verifyToken'),
    };
  }
  if (verifyToken === undefined) return undefined;
  return refuse(
    'INVALID_OPTIONS',
    'The option verifyToken is given without callbackUrl.',
    'Give both, or none of them to use the address of the app itself.',
  );
}

async function subscribe(
  client: Client,
  method: 'POST' | 'DELETE',
  body: object | undefined,
  options: AccountOptions,
): Promise<Result> {
  const call = {
    method,
    parts: partsFor(client),
    body,
    // An app is subscribed or it is not.
    isIdempotent: true,
    ...deliveryOf(options),
  };
  const look = 'listSubscriptions shows how it went.';
  return succeeded(await change(client, call, look));
}

function subscriptionOf(item: Record<string, unknown>): Subscription {
  const { whatsapp_business_api_data: app, override_callback_uri: url } = item;
  const { id, name, link } = isObject(app) ? app : item;
  return {
    ...(typeof id === 'string' && { id }),
    ...(typeof name === 'string' && { name }),
    ...(typeof link === 'string' && { link }),
    ...(typeof url === 'string' && { callbackUrl: url }),
  };
}

const partsFor = (client: Client) => [client.id('wabaId'), 'subscribed_apps'];
