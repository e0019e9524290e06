import type { Finding } from './finding';
import { blockedBy, fine, limitsIn, wrong } from './finding';
import type { Client } from '../../core/client';
import { isObject, objectsIn } from '../../core/values';
import { askGateway } from '../../graph/gateway';
import { scrub } from '../../graph/scrub';
import { sendRequest } from '../../graph/send-request';
import type { AccountOptions } from '../../types';
import { deliveryOf } from '../options';
import { readToken } from '../token';
import type { TokenFacts } from '../token';

const FIELDS = 'id,name,account_review_status,health_status';

/** Whether Meta has reviewed the account and lets it send; a payment that fails shows here. */
export async function findAccount(
  client: Client,
  options: AccountOptions,
): Promise<Finding> {
  const body = await read(client, [], FIELDS, options);
  const { account_review_status: review, health_status: health } = body;
  if (review !== undefined && review !== 'APPROVED') {
    return wrong(
      `Meta's review of the account says ${scrub(String(review), client.secrets)}.`,
      'Open the account in Meta Business Suite, and follow what it asks for.',
    );
  }
  const limits = limitsIn(health, client.secrets);
  const found = fine(
    limits.length > 0
      ? `The account may send, with limits: ${limits.join(' ')}`
      : 'The account may send.',
  );
  return blockedBy(health, client.secrets) ?? found;
}

/** Whether any app gets the webhooks: without one no status and no answer ever comes. */
export async function findWebhook(
  client: Client,
  options: AccountOptions,
): Promise<Finding> {
  const parts = ['subscribed_apps'];
  const { data } = await read(client, parts, undefined, options);
  const count = objectsIn(data).length;
  return count > 0
    ? fine(`${count} app${count === 1 ? ' gets' : 's get'} the webhooks.`)
    : wrong(
        'No app is subscribed to the account, so no webhooks come.',
        'Run subscribeWebhooks once.',
      );
}

/** Whether the gateway is there and takes the key. */
export async function findGateway(
  client: Client,
  options: AccountOptions,
): Promise<Finding> {
  const question = { query: { limit: 1 }, ...deliveryOf(options) };
  const { body } = await askGateway(client, ['messages'], question);
  return isObject(body) && Array.isArray(body['data'])
    ? fine('The gateway answers.')
    : wrong(
        'What answers at gatewayUrl is not the gateway.',
        'Correct gatewayUrl in the credential: /healthz of the gateway answers below it.',
      );
}

async function read(
  client: Client,
  below: string[],
  fields: string | undefined,
  options: AccountOptions,
): Promise<Record<string, unknown>> {
  const { body } = await sendRequest(client, {
    method: 'GET',
    parts: [client.id('wabaId'), ...below],
    query: { fields },
    ...deliveryOf(options),
  });
  return isObject(body) ? body : {};
}

const SCOPES = ['whatsapp_business_messaging', 'whatsapp_business_management'];
const NEW_TOKEN =
  'Make a System User token that never ends in Meta Business Settings, and put it into the credential as apiToken.';

/** Whether the token is good, for how long, and for what. */
export async function findToken(
  client: Client,
  options: AccountOptions,
): Promise<Finding> {
  const token = await readToken(client, options);
  if (!token.isValid) return wrong('The token is not valid.', NEW_TOKEN);
  const missing = SCOPES.filter(scope => !token.scopes.includes(scope));
  if (missing.length > 0) {
    return wrong(
      `The token has no ${missing.join(' and no ')}.`,
      'Add the permission to the System User, and make a new token.',
    );
  }
  return fine(`The token is valid${endOf(token)}.`);
}

function endOf({ expiresAt }: TokenFacts): string {
  return expiresAt
    ? ` until ${new Date(expiresAt * 1000).toISOString()}`
    : ' and does not end';
}
