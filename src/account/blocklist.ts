import type { Client } from '../core/client';
import { factsOf } from '../graph/request';
import { refuse } from '../core/errors';
import type { Context, Result } from '../core/operation';
import { isObject } from '../core/values';
import { readPages } from '../graph/pages';
import { readRecipient } from '../recipients/recipient';
import type { AccountOptions, BlockedUser, PageOptions } from '../types';
import { factsOfUser, outcomeOf, refuseWhole } from './block-outcome';
import { change, objectsIn } from './change';
import { deliveryOf, readAccountOptions, readPageOptions } from './options';

/** Blocks people: they can no longer write to the number, and it not to them. */
export async function blockingUsers(
  { client }: Context,
  users: unknown,
  given: unknown,
): Promise<Result> {
  const options = readAccountOptions<AccountOptions>(given);
  const { body, response } = await list(client, 'POST', users, options);
  const sent = [client.secrets, users];
  const { done: blocked, failed } = outcomeOf(body, sent);
  refuseWhole(blocked, failed, 'blocked');
  return { data: { blocked, failed }, response };
}

/** Takes people off the block list. */
export async function unblockingUsers(
  { client }: Context,
  users: unknown,
  given: unknown,
): Promise<Result> {
  const options = readAccountOptions<AccountOptions>(given);
  const answer = await list(client, 'DELETE', users, options);
  const sent = [client.secrets, users];
  const { done: unblocked, failed } = outcomeOf(answer.body, sent);
  refuseWhole(unblocked, failed, 'unblocked');
  return { data: { unblocked, failed }, response: answer.response };
}

/** The people on the block list. */
export async function listingBlockedUsers(
  { client }: Context,
  given: unknown,
): Promise<Result> {
  const { options, extent } = readPageOptions<PageOptions>(given);
  const call = { parts: partsFor(client), ...deliveryOf(options) };
  const whole = { ...extent, unfold: usersOf };
  const { items, response } = await readPages(client, call, whole);
  return { data: items, response };
}

/** Meta's reference has a user an item, Meta's guide a list of them. */
function usersOf(item: unknown): BlockedUser[] {
  if (!isObject(item)) return [];
  const users = item['block_users'];
  return (Array.isArray(users) ? objectsIn(users) : [item]).map(factsOfUser);
}

async function list(
  client: Client,
  method: 'POST' | 'DELETE',
  users: unknown,
  options: AccountOptions,
) {
  const body = {
    messaging_product: 'whatsapp',
    block_users: readUsers(users),
  };
  const answer = await change(
    client,
    {
      method,
      parts: partsFor(client),
      body,
      // Who is on the list already stays on it.
      isIdempotent: true,
      // Meta refuses the whole when one failed, and tells who did not.
      isPartial: text => /"(added|removed|failed)_users":\s*\[\s*\{/.test(text),
      ...deliveryOf(options),
    },
    'listBlockedUsers shows how it went.',
  );
  return { body: answer.body, response: factsOf(answer) };
}

/** One person or several, by number or user ID. */
function readUsers(given: unknown): object[] {
  const users: unknown[] = Array.isArray(given) ? given : [given];
  if (users.length === 0) {
    refuse(
      'INVALID_RECIPIENT',
      'The list of people is empty.',
      'Check the field of state that it comes from.',
    );
  }
  return users.map(user => {
    const recipient = readRecipient(user, {});
    return 'to' in recipient
      ? { user: recipient.to }
      : { user_id: recipient.recipient };
  });
}

const partsFor = (client: Client) => [
  client.id('phoneNumberId'),
  'block_users',
];
