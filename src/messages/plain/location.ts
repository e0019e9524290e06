import type { SendOptions } from '../../types';
import { isObject } from '../../core/values';
import type { Outgoing } from '../envelope';
import { readOptions } from '../../core/options';
import { sendOptions } from '../options';
import { isBlank } from './fields';
import { outgoing } from './outgoing';

const WORDS = ['name', 'address'];

/** A message with a place on the map. */
export function buildLocation(
  to: unknown,
  location: unknown,
  given?: unknown,
): Outgoing {
  const options = readOptions<SendOptions>(given, sendOptions);
  return outgoing(to, 'location', withoutBlanks(location), options, {});
}

/** A place may have neither name nor address. */
const withoutBlanks = (location: unknown) =>
  isObject(location)
    ? Object.fromEntries(
        Object.entries(location).filter(
          ([field, value]) => !(WORDS.includes(field) && isBlank(value)),
        ),
      )
    : location;
