import { isObject } from '../core/values';
import type { WireHeaders } from './wire';

const HEADERS = ['x-business-use-case-usage', 'x-app-usage'];
const COUNTS = ['call_count', 'total_cputime', 'total_time'];

/** How much of what Meta allows is used up, in percent; undefined when Meta does not say. */
export function usageOf(headers: WireHeaders): number | undefined {
  // Meta says it under load only.
  if (!HEADERS.some(name => name in headers)) return undefined;
  const counts = countsIn(HEADERS.map(name => read(headers[name])));
  return counts.length > 0
    ? counts.reduce((most, count) => Math.max(most, count))
    : undefined;
}

function read(header: WireHeaders[string]): unknown {
  if (typeof header !== 'string') return undefined;
  try {
    return JSON.parse(header);
  } catch {
    return undefined;
  }
}

/** The counts of an object, or of those in its lists: `{ "<account>": [{ call_count: 28 }] }`. */
function countsIn(given: unknown): number[] {
  const counts: number[] = [];
  // Not by recursion: how deep it is nested, the server decides.
  const left = [given];
  while (left.length > 0) {
    const value = left.pop();
    if (!isObject(value) && !Array.isArray(value)) continue;
    for (const [name, inner] of Object.entries(value)) {
      if (typeof inner !== 'number') left.push(inner);
      else if (COUNTS.includes(name)) counts.push(inner);
    }
  }
  return counts;
}
