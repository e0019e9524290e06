import { AsyncLocalStorage } from 'node:async_hooks';
import { refuse } from './errors';
import { isObject, isQuotable, nameOf, withoutNulls } from './values';

/** The options that operations have here unless they are given others. */
const defaults = new AsyncLocalStorage<Readonly<Record<string, unknown>>>();

/** Runs something in which the operations have these options, unless they are given others. */
export const withDefaultOptions = <T>(
  options: Readonly<Record<string, unknown>>,
  run: () => T,
): T =>
  // A storage in use slows down every promise of the process.
  Object.keys(options).length === 0 ? run() : defaults.run(options, run);

/** The options that core/operation.ts has read before, so that an error names them too. A copy of the options keeps it. */
export const TAKEN = Symbol('taken');

/**
 * The options as an object, or an error that names the unknown one: a typo
 * must not be ignored silently.
 */
export function readOptions<Options extends object>(
  options: unknown,
  known: readonly string[],
): Options {
  if (options === undefined || options === null) {
    return withDefaults({}, known) as Options;
  }
  if (!isObject(options)) {
    return refuse(
      'INVALID_OPTIONS',
      `The options are ${nameOf(options)}, not an object.`,
      `Write them as { ${known[0]}: … }, as the last argument.`,
    );
  }
  const given = fieldsOf(options);
  const unknown = Object.keys(given).find(name => !known.includes(name));
  if (unknown === undefined) return withDefaults(given, known) as Options;
  return refuse(
    'INVALID_OPTIONS',
    isQuotable(unknown)
      ? `There is no option '${unknown}'.`
      : 'The options have a name that no option has.',
    `Check its spelling; the options are ${[...known, ...takenOf(options)].join(', ')}.`,
  );
}

function fieldsOf(options: object): object {
  try {
    return withoutNulls(options);
  } catch {
    return refuse(
      'INVALID_OPTIONS',
      'The options cannot be read: a getter or a proxy in them fails.',
      'Write plain values: texts, numbers, lists and objects.',
    );
  }
}

const takenOf = ({ [TAKEN]: names }: { [TAKEN]?: readonly string[] }) =>
  names ?? [];

/** What a broadcast says for all its operations, as far as they know it. */
function withDefaults(options: object, known: readonly string[]): object {
  const given = Object.entries(defaults.getStore() ?? {}).filter(([name]) =>
    known.includes(name),
  );
  if (given.length === 0) return options;
  return { ...Object.fromEntries(given), ...options };
}
