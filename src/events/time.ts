import { asText } from './fields';

// Meta writes seconds, in some account fields milliseconds; as seconds, this
// is the year 5138.
const MOST_SECONDS = 1e11;
const END_OF_YEAR_9999 = 253_402_300_799_999;

/** A Unix time as ISO text, or undefined for what is no time. */
export function toIsoTime(value: unknown): string | undefined {
  const text = asText(value)?.trim() ?? '';
  if (!/^\d+(\.\d+)?$/.test(text)) return undefined;
  const number = Number(text);
  const ms = number > MOST_SECONDS ? number : number * 1000;
  // 0 is how a missing time is written, not the year 1970.
  if (ms === 0 || ms > END_OF_YEAR_9999) return undefined;
  return new Date(ms).toISOString();
}
