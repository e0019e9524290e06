import { isQuotable } from '../../core/values';
import type { Part } from './component';
import { refuseTemplate } from './refuse';

type Given = Record<string, unknown>;

/**
 * Meta's parameter, made of an object that names its content: `{ image }` is
 * `{ type: 'image', image }`. One that has a `type` may be of any other type.
 */
export function withType(
  given: Given,
  types: readonly string[],
  at: string,
): Part {
  const type = given['type'] ?? onlyOne(given, types, at);
  if (typeof type !== 'string') {
    return refuseTemplate(
      `${at} has a type that is not text.`,
      `Leave the type out, or take one of ${types.join(', ')}.`,
    );
  }
  if (types.includes(type)) refuseStrangers(given, type, at);
  return { ...given, type };
}

/** The one name of several that an object has a content for. */
export function onlyOne<Name extends string>(
  given: Given,
  names: readonly Name[],
  at: string,
): Name {
  const there = names.filter(name => Object.hasOwn(given, name));
  const filled = there.filter(
    name => given[name] !== undefined && given[name] !== null,
  );
  // What is there but empty is named too, so that its absence can be told.
  const found = filled.length > 0 ? filled : there.slice(0, 1);
  if (found.length > 1) {
    return refuseTemplate(
      `${at} has both ${found.join(' and ')}.`,
      'Keep the one that the template asks for.',
    );
  }
  return (
    found[0] ??
    refuseTemplate(
      `${at} has none of ${names.join(', ')}.`,
      `Give it as { ${names[0]}: … }, or with another of these names.`,
    )
  );
}

function refuseStrangers(given: Given, type: string, at: string) {
  refuseUnknown(given, ['type', type, 'parameter_name'], at);
}

/** A name that means nothing here is a slip of the pen, or stands a level too high. */
export function refuseUnknown(
  given: Given,
  known: readonly string[],
  at: string,
): void {
  const strange = Object.keys(given).find(
    name => given[name] !== null && !known.includes(name),
  );
  if (strange === undefined) return;
  refuseTemplate(
    `${at} has ${isQuotable(strange) ? `a field '${strange}'` : 'a field'} that is not known there.`,
    `Check its spelling and its place; known are ${known.join(', ')}.`,
  );
}
