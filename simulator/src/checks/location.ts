import { refuse } from '../core/errors';
import type { Check } from './rules';
import { object, optional } from './rules';
import { words } from './values';

const DECIMAL = /^-?\d+(\.\d+)?$/;

/** Degrees, as a number or in a string. */
const degrees =
  (most: number): Check =>
  (value, at) => {
    const isNumber = typeof value === 'number';
    const isDecimal = typeof value === 'string' && DECIMAL.test(value);
    if (!(isNumber || isDecimal) || Math.abs(Number(value)) > most)
      refuse(131009, `Param ${at} must be a decimal from -${most} to ${most}.`);
  };

export const location = object({
  latitude: degrees(90),
  longitude: degrees(180),
  name: optional(words()),
  address: optional(words()),
});
