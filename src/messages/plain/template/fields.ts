import type * as v from 'valibot';
import { check } from '../../../schema/check';
import { refuse } from '../../../core/errors';
import { isDate, isObject, isQuotable, nameOf } from '../../../core/values';
import { text } from '../../../schema/rules';
import { flatten } from '../../kinds/fields';

/** A component or a parameter, as it goes to Meta. */
export type TemplatePart = { type: string; [field: string]: unknown };

// How the plain arguments of a template are read and refused.

export function refuseTemplate(description: string, fix: string): never {
  return refuse('INVALID_TEMPLATE', description, fix);
}

/** Checks a part of the arguments by the schema of what it becomes. */
export function checkTemplate<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  at: string,
): asserts value is v.InferInput<Schema> {
  check(schema, value, at, { code: 'INVALID_TEMPLATE' });
}

type Parameter = Record<string, unknown>;

/** Data that comes from a database has null for what is not there. */
export const isGiven = (value: unknown): boolean =>
  value !== undefined && value !== null;

/**
 * Meta's parameter, made of an object that names its content: `{ image }` is
 * `{ type: 'image', image }`. One that has a `type` may be of any other type.
 */
export function addType(
  parameter: Parameter,
  types: readonly string[],
  at: string,
): TemplatePart {
  const type = parameter['type'] ?? readOnlyName(parameter, types, at);
  if (typeof type !== 'string') {
    return refuseTemplate(
      `${at} has a type that is not text.`,
      `Leave the type out, or take one of ${types.join(', ')}.`,
    );
  }
  if (types.includes(type)) refuseOtherFields(parameter, type, at);
  return { ...parameter, type };
}

/** The one name of several that an object has a content for. */
export function readOnlyName<Name extends string>(
  parameter: Parameter,
  names: readonly Name[],
  at: string,
): Name {
  const present = names.filter(name => Object.hasOwn(parameter, name));
  const filled = present.filter(
    name => parameter[name] !== undefined && parameter[name] !== null,
  );
  // What is there but empty is named too, so that its absence can be told.
  const candidates = filled.length > 0 ? filled : present.slice(0, 1);
  if (candidates.length > 1) {
    return refuseTemplate(
      `${at} has both ${candidates.join(' and ')}.`,
      'Keep the one that the template asks for.',
    );
  }
  return (
    candidates[0] ??
    refuseTemplate(
      `${at} has none of ${names.join(', ')}.`,
      `Give it as { ${names[0]}: … }, or with another of these names.`,
    )
  );
}

function refuseOtherFields(parameter: Parameter, type: string, at: string) {
  refuseUnknownFields(parameter, ['type', type, 'parameter_name'], at);
}

/** A name that means nothing here is a slip of the pen, or stands a level too high. */
export function refuseUnknownFields(
  parameter: Parameter,
  names: readonly string[],
  at: string,
): void {
  const unknownName = Object.keys(parameter).find(
    name => parameter[name] !== null && !names.includes(name),
  );
  if (unknownName === undefined) return;
  refuseTemplate(
    `${at} has ${isQuotable(unknownName) ? `a field '${unknownName}'` : 'a field'} that is not known there.`,
    `Check its spelling and its place; known are ${names.join(', ')}.`,
  );
}

const CHECK_STATE = 'Check the field of state that it comes from';

/**
 * Text for people, made of what a job has: on one line, because WhatsApp
 * refuses line breaks, and only then measured. `at` names it in a refusal.
 */
export function readSingleLine(
  value: unknown,
  at: string,
  max?: number,
): string {
  const words = flatten(toText(value, at));
  if (words === '') {
    refuseTemplate(
      `${at} is empty, which WhatsApp refuses.`,
      `${CHECK_STATE}, or give a word in its place, such as 'unknown'.`,
    );
  }
  checkTemplate(text(max), words, at);
  return words;
}

/** Text for machines, which goes out as written. */
export function readText(value: unknown, at: string): string {
  const line = toText(value, at);
  checkTemplate(text(), line, at);
  return line;
}

function toText(value: unknown, at: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberToText(value, at);
  if (typeof value === 'bigint') return String(value);
  if (value === undefined || value === null) {
    return refuseTemplate(
      `${at} is missing.`,
      `${CHECK_STATE}; each variable of the template needs a value.`,
    );
  }
  return refuseTemplate(...describeNotText(value, at));
}

function numberToText(value: number, at: string): string {
  if (!Number.isFinite(value)) {
    refuseTemplate(
      `${at} is the result of a calculation that failed, not a number.`,
      `${CHECK_STATE}: part of the calculation is missing.`,
    );
  }
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    refuseTemplate(
      `${at} is a number too long to be exact.`,
      'Keep it as text all the way, between quotes.',
    );
  }
  return String(value);
}

function describeNotText(value: unknown, at: string): [string, string] {
  if (typeof value === 'boolean') {
    return [
      `${at} is true or false, not text.`,
      "Write the word that people shall read, as in $.data.paid ? 'yes' : 'no'.",
    ];
  }
  if (isDate(value)) {
    return [
      `${at} is a Date, which can be written in many ways.`,
      "Write it as people read it, as in state => dateFns.format(state.data.date, 'd MMMM yyyy').",
    ];
  }
  // OpenFn empties Dates, and whatever else is no plain data, from step to step.
  if (isObject(value) && Object.keys(value).length === 0) {
    return [
      `${at} is an empty object.`,
      "If it is a Date, write it as text first, as in '3 May 2027'.",
    ];
  }
  return [
    `${at} is ${nameOf(value)}; it must be text or a number.`,
    `Give ${at} as text.`,
  ];
}
