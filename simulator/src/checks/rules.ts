import { refuse } from '../core/errors';

/** Refuses a value, as Meta would, or does nothing. `at` says where it stands. */
export type Check = (value: unknown, at: string) => void;
export type Field = Check | { optional: Check };
export type Json = Record<string, unknown>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isMissing = (value: unknown) => value === undefined || value === null;

const inside = (at: string, key: string) => (at ? `${at}['${key}']` : key);

export function asObject(value: unknown, at: string): Json {
  if (!isObject(value)) refuse(131009, `Param ${at} must be a JSON object.`);
  return value;
}

export const optional = (check: Check): Field => ({ optional: check });

function checkField(given: Json, key: string, field: Field, at: string) {
  const value = given[key];
  if (typeof field === 'function') {
    if (isMissing(value))
      refuse(131008, `The parameter ${inside(at, key)} is required.`);
    field(value, inside(at, key));
  } else if (value !== undefined) field.optional(value, inside(at, key));
}

/** An object that has these fields; further ones are not looked at. */
export const open =
  (fields: Record<string, Field> = {}): Check =>
  (value, at) => {
    const given = asObject(value, at);
    for (const [key, field] of Object.entries(fields))
      checkField(given, key, field, at);
  };

export function refuseUnknown(given: Json, known: string[], at: string): void {
  for (const key of Object.keys(given))
    if (!known.includes(key))
      refuse(100, `Unexpected key "${key}" on param "${at || 'messages'}".`);
}

/** An object that has these fields and no other. */
export const object =
  (fields: Record<string, Field>): Check =>
  (value, at) => {
    refuseUnknown(asObject(value, at), Object.keys(fields), at);
    open(fields)(value, at);
  };

/** A list whose items pass; `code` is for a wrong number of them. */
export const list =
  (item: Check, min: number, max: number, code = 131009): Check =>
  (value, at) => {
    if (!Array.isArray(value)) refuse(131009, `Param ${at} must be an array.`);
    if (value.length < min || value.length > max)
      refuse(code, `Param ${at} must have ${min} to ${max} items.`);
    value.forEach((each: unknown, index) => item(each, `${at}[${index}]`));
  };

export const all =
  (...checks: Check[]): Check =>
  (value, at) => {
    for (const check of checks) check(value, at);
  };

/** A rule about several fields of an object that already has its form. */
export const ensure =
  (holds: (fields: Json) => boolean, says: string, code = 131009): Check =>
  (value, at) => {
    if (!holds(asObject(value, at))) refuse(code, `Param ${at} ${says}.`);
  };

/** No two items of a list may have the same of what `pick` takes from them. */
export const unique =
  (pick: (item: never) => unknown, what: string): Check =>
  (value, at) => {
    const picked = (value as never[]).map(pick);
    if (new Set(picked).size < picked.length)
      refuse(131009, `Each ${what} in ${at} must be unique.`);
  };

interface Choice {
  /** The code when the field says something else. */
  code?: number;
  /** Whether upper case is as good, as it is in templates. */
  anyCase?: boolean;
}

/** An object that is checked by what its field `key` says. */
export const byField =
  (
    key: string,
    table: Record<string, Check>,
    { code = 131009, anyCase = false }: Choice = {},
  ): Check =>
  (value, at) => {
    const given = asObject(value, at)[key];
    const where = inside(at, key);
    if (isMissing(given)) refuse(131008, `The parameter ${where} is required.`);
    const name = anyCase ? String(given).toLowerCase() : given;
    if (typeof name !== 'string' || !Object.hasOwn(table, name))
      refuse(
        code,
        `Param ${where} must be one of {${Object.keys(table).join(', ')}}.`,
      );
    table[name]?.(value, at);
  };
