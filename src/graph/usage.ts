import { isObject } from '../core/values';
import type { WireHeaders } from './collector';

const HEADERS = ['x-business-use-case-usage', 'x-app-usage'];
const COUNTS = ['call_count', 'total_cputime', 'total_time'];

/** How much of what Meta allows is used up, in percent; undefined when Meta does not say. */
export function usageOf(headers: WireHeaders): number | undefined {
  // Meta says it under load only.
  if (!HEADERS.some(name => name in headers)) return undefined;
  const counts = HEADERS.flatMap(name => countsIn(read(headers[name])));
  return counts.length > 0 ? Math.max(...counts) : undefined;
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
function countsIn(value: unknown): number[] {
  if (Array.isArray(value)) return value.flatMap(countsIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    typeof inner === 'number'
      ? COUNTS.includes(name)
        ? [inner]
        : []
      : countsIn(inner),
  );
}
