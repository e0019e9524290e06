import type { JobFailure } from '../job-runtime';

/** A failure in lines for people: where, what, and what to do. */
export function report(error: unknown): string {
  const failure = toFailure(error);
  const { name, message, pos, details } = failure;
  // The runtime collects the properties of an error; a bare error has its own.
  const facts: Record<string, unknown> = { ...failure, ...details };
  const kind = name === 'SyntaxError' ? [name] : [];
  return [
    [...placeOf(failure), ...kind, message].join(': '),
    ...(pos?.src ? [`  > ${pos.src.trim()}`] : []),
    ...['code', 'description', 'fix']
      .filter(fact => facts[fact])
      .map(fact => `  ${fact.padEnd(12)} ${facts[fact]}`),
  ].join('\n');
}

/** A job can throw anything, and its errors are no `Error` outside of it. */
const toFailure = (error: unknown): JobFailure =>
  typeof error === 'object' && error !== null && 'message' in error
    ? (error as JobFailure)
    : { name: 'Error', message: String(error) };

function placeOf({ operationName, line, pos }: JobFailure): string[] {
  // An operation with a promise chain has no line, and the name of a helper.
  if (line === -1) return [];
  const number = line ?? pos?.line;
  const place = [
    ...(operationName ? [`${operationName}()`] : []),
    ...(number ? [`line ${number}`] : []),
  ];
  return place.length > 0 ? [place.join(', ')] : [];
}
