/** A component or a parameter, as a job or we made it. */
export type Part = Record<string, unknown>;

export const typeOf = ({ type }: Part): string => String(type).toLowerCase();

/** `2 values`, `1 value`, `no values`. */
export const count = (number: number, what: string): string =>
  `${number || 'no'} ${what}${number === 1 ? '' : 's'}`;
