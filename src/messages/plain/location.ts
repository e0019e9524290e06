import { isBlank, isObject } from '../../core/values';
import type { SendOptions } from '../../types';
import { buildPlainMessage } from '../message';
import { sendOptions } from '../send-options';
import type { OutgoingMessage } from '../message';
import { readOptions } from '../../core/arguments';

const WORDS = ['name', 'address'];

/** A message with a place on the map. */
export function buildLocation(
  to: unknown,
  location: unknown,
  rawOptions?: unknown,
): OutgoingMessage {
  const options = readOptions<SendOptions>(rawOptions, sendOptions);
  return buildPlainMessage(
    to,
    'location',
    withoutBlanks(location),
    options,
    {},
  );
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
