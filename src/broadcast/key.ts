import { WhatsAppError } from '../core/errors';
import { missingIn } from '../core/missing';
import { nameOf } from '../core/values';
import { LIMITS } from '../messages/kinds/limits';

/** A key that a job gave to an item, as text. */
export function readKey(key: unknown): string {
  if (typeof key === 'number' && Number.isFinite(key)) return String(key);
  // Spaces alone are what is left of `${$.data.id} ${$.data.date}` when both are empty.
  const text = typeof key === 'string' ? key.trim() : key;
  if (typeof key !== 'string' || text === '') {
    throw noKey(
      `The key of this item is ${nameOf(text)}; it must be text or a number.`,
    );
  }
  if (key.length > LIMITS.callbackData) {
    throw noKey(
      `The key of this item has ${key.length} characters; at most ${LIMITS.callbackData} come back in a status.`,
    );
  }
  // Such a key would be the same for all who miss the value.
  const hole = missingIn(key);
  if (hole !== undefined) {
    throw noKey(
      `The key of this item has ${hole} in it, where a value was missing.`,
    );
  }
  return key;
}

const noKey = (description: string) =>
  new WhatsAppError({
    code: 'INVALID_KEY',
    description,
    fix: 'Give a short name that the item keeps from run to run, as in { key: $.data.id }, or leave the option key out.',
    retryable: false,
    sent: 'no',
  });
