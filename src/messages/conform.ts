import type * as v from 'valibot';
import { isObject } from '../core/values';

/** What a schema can be made of, as far as this file reads it. */
type Part = {
  type?: string;
  pipe?: readonly Part[];
  wrapped?: Part;
  entries?: Record<string, Part>;
  item?: Part;
  getter?: (value: unknown) => Part;
  metadata?: { isId?: boolean };
};

/** A schema with all of its pipes taken together. */
type Shape = Pick<Part, 'entries' | 'item' | 'getter'> & { isId?: boolean };

const shapes = new WeakMap<Part, Shape>();

/**
 * A value in the form that Meta takes: a field that is null is left out, and an
 * ID that is a number becomes text. What the schema says nothing of, such as the
 * data of a flow, stays as it is.
 */
export const conform = (schema: v.GenericSchema, value: unknown): unknown =>
  within(schema, value);

function within(schema: Part, value: unknown): unknown {
  const { entries, item, getter, isId } = shapeOf(schema);
  if (getter) return within(getter(value), value);
  if (item && Array.isArray(value)) return listOf(item, value);
  if (entries && isObject(value)) return fieldsOf(value, entries);
  return isId && isWholeId(value) ? String(value) : value;
}

function listOf(item: Part, list: unknown[]): unknown[] {
  const changed = list.map(inner => within(item, inner));
  return changed.every((inner, index) => inner === list[index])
    ? list
    : changed;
}

/** The same object when nothing changes in it. */
function fieldsOf(
  value: Record<string, unknown>,
  entries: Record<string, Part>,
): unknown {
  let isSame = true;
  const fields: [string, unknown][] = [];
  for (const [name, given] of Object.entries(value)) {
    const field = Object.hasOwn(entries, name) ? entries[name] : undefined;
    // One that is needed is refused by the check that follows.
    const isLeftOut = given === null && (!field || field.type === 'optional');
    const inner = field && !isLeftOut ? within(field, given) : given;
    isSame &&= !isLeftOut && inner === given;
    if (!isLeftOut) fields.push([name, inner]);
  }
  return isSame ? value : Object.fromEntries(fields);
}

/** A number that lost no digits; others are refused by the check that follows. */
const isWholeId = (value: unknown) =>
  Number.isSafeInteger(value) && (value as number) >= 0;

function shapeOf(schema: Part): Shape {
  const known = shapes.get(schema);
  if (known) return known;
  const shape: Shape = {};
  for (const { entries, item, getter, metadata } of partsOf(schema)) {
    if (entries) shape.entries = { ...shape.entries, ...entries };
    if (item) shape.item = item;
    if (getter) shape.getter = getter;
    if (metadata?.isId) shape.isId = true;
  }
  shapes.set(schema, shape);
  return shape;
}

const partsOf = ({ wrapped, pipe, ...part }: Part): Part[] =>
  wrapped ? partsOf(wrapped) : (pipe?.flatMap(partsOf) ?? [part]);
