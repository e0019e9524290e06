import * as v from 'valibot';
import { problem } from './rules';

/** A whole number from `min` to `max`. */
export const wholeNumber = (min: number, max = Infinity) => {
  const says =
    max === Infinity
      ? `a whole number of at least ${min}`
      : `a whole number from ${min} to ${max}`;
  return v.pipe(
    v.number(),
    v.check(
      value => Number.isInteger(value) && value >= min && value <= max,
      problem(`is not ${says}`, `Give ${says}.`),
    ),
    v.metadata({ says }),
  );
};

/** A number of at least `min`, whole or not. */
export const numberAtLeast = (min: number) => {
  const says = `a number of at least ${min}`;
  return v.pipe(
    v.number(),
    v.check(
      value => Number.isFinite(value) && value >= min,
      problem(`is not ${says}`, `Give ${says}.`),
    ),
    v.metadata({ says }),
  );
};

/** Decimal degrees up to `max`, as a number or as its text. */
export const degrees = (max: number) =>
  v.pipe(
    v.union([v.number(), v.string()]),
    v.check(
      value => isDecimal(value) && Math.abs(Number(value)) <= max,
      problem(
        `is not a number between -${max} and ${max}`,
        'Give it in degrees with a decimal point, as in -1.2921.',
      ),
    ),
    v.metadata({ says: `degrees from -${max} to ${max}, number or text` }),
  );

// `Number` alone would take an empty text for 0, and '0x10' for 16.
const isDecimal = (value: string | number) =>
  typeof value === 'number' || /^[+-]?\d+(\.\d+)?$/.test(value);
