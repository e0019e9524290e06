import { refuse } from '../core/errors';
import { isObject, isQuotable, nameOf } from '../core/values';

/** Headers that the adaptor or HTTP itself writes. */
const OURS = new Set([
  'authorization',
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
]);

/** Headers of a request, their names in lower case, fit to be sent; `allowed` are some of ours that may be given. */
export function readHeaders(
  given: unknown,
  allowed: readonly string[] = [],
): Record<string, string> {
  if (given === undefined || given === null) return {};
  if (!isObject(given)) {
    return refuse(
      'INVALID_OPTIONS',
      `The option headers is ${nameOf(given)}, not an object.`,
      "Write it as { 'x-name': 'value' }.",
    );
  }
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null) continue;
    headers[readName(name, allowed)] = readValue(name, value);
  }
  return headers;
}

function readName(name: string, allowed: readonly string[]): string {
  const lower = name.toLowerCase();
  if (OURS.has(lower) && !allowed.includes(lower)) {
    return refuse(
      'INVALID_OPTIONS',
      `The header ${lower} cannot be given.`,
      'Leave it out; the token comes from apiToken in the credential.',
    );
  }
  const isSettable = lower !== '__proto__';
  if (isSettable && /^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(lower)) return lower;
  return refuse(
    'INVALID_OPTIONS',
    'A header has a name that HTTP does not allow.',
    'Use letters, digits and dashes only.',
  );
}

function readValue(name: string, value: unknown): string {
  const text = String(value);
  // A line break would let the value write further headers.
  if (typeof value !== 'object' && /^[\t\x20-\x7e\x80-\xff]*$/.test(text)) {
    return text;
  }
  return refuse(
    'INVALID_OPTIONS',
    `The header${isQuotable(name.replaceAll('-', '_')) ? ` ${name.toLowerCase()}` : ''} has a value that HTTP does not allow.`,
    'Write it as one line of plain text.',
  );
}
