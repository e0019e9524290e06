// Values of a job come from another realm: `instanceof` and `constructor` lie there.

/** A plain object, from whatever realm: not null, not a list, not a Buffer. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !Buffer.isBuffer(value)
  );
}

/** What a value is, in a word for people, never its content. */
export function nameOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (value === '') return 'empty';
  if (Array.isArray(value)) return 'a list';
  if (Buffer.isBuffer(value)) return 'a Buffer';
  if (typeof value === 'string') return 'text';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'bigint') return 'a number';
  return `a ${typeof value}`;
}

/** A name in code may be quoted in an error; one that comes from data could be a number or a person. */
export const isQuotable = (name: string): boolean =>
  /^[a-z_]\w{0,30}$/i.test(name);
