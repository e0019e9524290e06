import { refuse } from './errors';
import { isObject, isQuotable, nameOf } from './values';

/**
 * The options as an object, or an error that names the unknown one: a typo
 * must not be ignored silently.
 */
export function readOptions<Options extends object>(
  options: unknown,
  known: readonly string[],
): Options {
  if (options === undefined || options === null) return {} as Options;
  if (!isObject(options)) {
    return refuse(
      'INVALID_OPTIONS',
      `The options are ${nameOf(options)}, not an object.`,
      `Write them as { ${known[0]}: … }, as the last argument.`,
    );
  }
  const unknown = Object.keys(options).find(name => !known.includes(name));
  if (unknown === undefined) return options as Options;
  return refuse(
    'INVALID_OPTIONS',
    isQuotable(unknown)
      ? `There is no option '${unknown}'.`
      : 'The options have a name that no option has.',
    `Check its spelling; the options are ${known.join(', ')}.`,
  );
}
