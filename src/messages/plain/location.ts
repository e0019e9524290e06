import type { SendOptions } from '../../types';
import type { Outgoing } from '../envelope';
import { readOptions } from '../../core/options';
import { sendOptions } from '../options';
import { outgoing } from './outgoing';

/** A message with a place on the map. */
export function buildLocation(
  to: unknown,
  location: unknown,
  given?: unknown,
): Outgoing {
  const options = readOptions<SendOptions>(given, sendOptions);
  return outgoing(to, 'location', location, options, {});
}
