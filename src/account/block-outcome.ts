import { refuse } from '../core/errors';
import { isObject } from '../core/values';
import { CODES, lookUp } from '../graph/error-catalog';
import { scrub } from '../graph/scrub';
import type { BlockedUser, BlockFailure } from '../types';
import { objectsIn } from './change';

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
