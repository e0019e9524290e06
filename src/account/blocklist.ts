import type { Client } from '../core/client';
import { refuse } from '../core/errors';
import type { Context, Result } from '../core/operation';
import { isObject, objectsIn } from '../core/values';
import { CODES, lookUp } from '../graph/error-catalog';
import { readPages } from '../graph/pages';
import { factsOf } from '../graph/request';
import { scrub } from '../graph/scrub';
import { readRecipient } from '../recipients/recipient';
import type {
  AccountOptions,
  BlockedUser,
  BlockFailure,
  PageOptions,
} from '../types';
import { change } from './change';
import { deliveryOf, readAccountOptions, readPageOptions } from './options';

/** Blocks people: they can no longer write to the number, and it not to them. */
export async function block(
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
export async function unblock(
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
export async function readBlockList(
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

type Given = Record<string, unknown>;

/** What Meta tells of each person: done, or why not. */
export function outcomeOf(
  body: unknown,
  sent?: unknown,
): {
  done: BlockedUser[];
  failed: BlockFailure[];
} {
  const outcome = isObject(body) ? body['block_users'] : undefined;
  const { added_users, removed_users, failed_users } = isObject(outcome)
    ? outcome
    : {};
  return {
    // Meta's pages call those unblocked added, Meta's answers removed.
    done: objectsIn(removed_users ?? added_users).map(factsOfUser),
    failed: objectsIn(failed_users).map(user => failureOf(user, sent)),
  };
}

/** A person under our names. */
export function factsOfUser({
  input,
  wa_id: waId,
  user_id: userId,
}: Given): BlockedUser {
  return {
    ...(typeof input === 'string' && { input }),
    ...(typeof waId === 'string' && { waId }),
    ...(typeof userId === 'string' && { userId }),
  };
}

function failureOf(user: Given, sent: unknown): BlockFailure {
  const [error = {}] = objectsIn(user['errors']);
  const metaCode = Number(error['code']);
  const row = lookUp(metaCode);
  return {
    ...factsOfUser(user),
    code: CODES[row?.category ?? ''] ?? 'BLOCK_LIST_REFUSED',
    description: row?.what ?? wordsOf(error, sent),
    fix: row?.fix ?? 'Only who wrote in the last 24 hours can be blocked.',
    ...(Number.isFinite(metaCode) && { metaCode }),
  };
}

function wordsOf({ message, error_data: data }: Given, sent: unknown): string {
  const details = isObject(data) ? data['details'] : undefined;
  const words = [details, message].find(each => typeof each === 'string');
  return typeof words === 'string'
    ? `Meta says: ${scrub(words, sent)}`
    : 'Meta does not say why.';
}

/** When nobody was handled, nothing was done at all: that is an error. */
export function refuseWhole(
  done: readonly BlockedUser[],
  failed: readonly BlockFailure[],
  verb: string,
): void {
  const [first] = failed;
  if (done.length > 0 || first === undefined) return;
  refuse(
    'BLOCK_LIST_REFUSED',
    `Nobody was ${verb}. ${first.description}`,
    first.fix,
  );
}
