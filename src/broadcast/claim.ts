import { ignoreRejection } from '../core/values';
import type { State } from '../types';
import type { Item } from './item';
import { readKey } from './key';
import { keyOfItem } from './keys';
import type { Keys } from './keys';
import type { Settings } from './options';
import { skippedOutcome } from './outcome';
import type { Outcome } from './outcome';
import { rowErrorOf } from './reason';

/** Gives an item the key that the job has for it. What is settled by that needs no operation. */
export function claim(
  keys: Keys,
  item: Item,
  keyOf: Settings['keyOf'],
  state: State,
): Outcome | undefined {
  if (keyOf === undefined) return undefined;
  try {
    item.key = readKey(ignoreRejection(keyOf(state)));
  } catch (error) {
    const row = { key: keyOfItem(item.value), error: rowErrorOf(error) };
    return { kind: 'failed', row };
  }
  const reason = keys.claim(item.key);
  return reason && skippedOutcome(item, reason);
}
