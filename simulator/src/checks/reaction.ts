import { refuse } from '../core/errors';
import type { Check } from './rules';
import { object } from './rules';
import { asString, messageId } from './values';

const graphemes = new Intl.Segmenter();
const EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3/u;

/** One emoji, of however many code points; an empty one takes the reaction back. */
const emoji: Check = (value, at) => {
  const given = asString(value, at);
  const count = [...graphemes.segment(given)].length;
  if (given !== '' && (count > 1 || !EMOJI.test(given)))
    refuse(131009, `Param ${at} must be one emoji, or empty.`);
};

export const reaction = object({ message_id: messageId, emoji });
