import { openVariant } from '../../schema/variants';
import { LIMITS } from '../limits';
import {
  anyList,
  lengthOf,
  object,
  oneOf,
  optional,
  withRules,
} from '../../schema/rules';
import type { Rule } from '../../schema/rules';
import { bodyParameters, headerParameters } from './parameters';

// What fills the header and the body, of a template or of one of its cards.

const single: Rule = {
  says: 'one parameter',
  holds: (parameters: readonly unknown[]) => parameters.length <= 1,
  wrong: 'has several parameters; a header has one',
  fix: 'Keep one, and put the others into the body.',
};

export const headerComponent = object({
  type: oneOf('header'),
  parameters: optional(
    withRules(
      anyList(openVariant(headerParameters(LIMITS.template.header))),
      single,
    ),
  ),
});

type Parameters = readonly { type: string; text?: unknown }[];

/** For values that stand together in one body. */
export const shortTogether = (max: number): Rule => ({
  says: `at most ${max} characters in all`,
  holds: (parameters: Parameters) =>
    parameters.reduce((sum, parameter) => sum + lengthIn(parameter), 0) <= max,
  wrong: `has more than ${max} characters in all, which is the most that WhatsApp takes`,
  fix: 'Shorten the values.',
});

const lengthIn = ({ type, text }: Parameters[number]) =>
  type === 'text' && typeof text === 'string' ? lengthOf(text) : 0;

/** A body of at most `max` characters, of which each value may have `each`. */
export const bodyComponent = (max: number, each = max) =>
  object({
    type: oneOf('body'),
    parameters: optional(
      withRules(anyList(openVariant(bodyParameters(each))), shortTogether(max)),
    ),
  });
