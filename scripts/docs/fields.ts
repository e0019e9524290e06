import type * as v from 'valibot';
import { listFields } from '../../src/schema/fields';
import type { Field } from '../../src/schema/fields';
import { code } from './markdown';

/** Rows of fields: the name, whether it is needed, what it must be. */
export type FieldTable = { caption?: string; rows: string[][] };

/**
 * The fields of a content. Where one `type` decides what stands in it, and
 * another `type` in there decides again, each of the outer gets its own table.
 */
export function fieldTables(schema: v.GenericSchema): FieldTable[] {
  const fields = mergeTypes(listFields(schema));
  const outer = new Set(fields.flatMap(outerConditions));
  const captionOf = (field: Field) =>
    conditions(field).findLast(words => outer.has(words));

  return [...new Set(fields.map(captionOf))].map(caption => ({
    ...(caption && { caption }),
    rows: fields
      .filter(field => captionOf(field) === caption)
      .map(field => rowOf(field, caption)),
  }));
}

/** What the rules say; that a link is text needs no words. */
export const rules = (summaries: readonly string[]): string =>
  summaries
    .filter(rule => rule !== 'text' || summaries.length === 1)
    .join('; ');

function rowOf(field: Field, caption = ''): string[] {
  const need = field.isRequired ? 'yes' : 'no';
  const when = conditions(field).at(-1) ?? '';
  const rest = when.slice(caption.length).replace(/^ and /, '');
  return [
    code(nameOf(field.path)),
    when === caption ? need : `${need}, if ${rest}`,
    rules(field.summaries),
  ];
}

/** What decides about a field, from the outermost in: `A`, `A and B`. */
function conditions({ when }: Field): string[] {
  const words = when.map(
    ({ path, type }) => `${code(nameOf([...path, 'type']))} is ${code(type)}`,
  );
  return words.map((_, at) => words.slice(0, at + 1).join(' and '));
}

const outerConditions = (field: Field): string[] =>
  conditions(field).slice(0, -1);

/** `action.buttons[].reply.id`. */
const nameOf = (path: readonly string[]): string =>
  path.join('.').replaceAll('.[]', '[]');

/** Each type of an object brings its own field `type` along; here it is one field with several words. */
function mergeTypes(fields: Field[]): Field[] {
  const merged = new Map<string, Field>();
  for (const field of fields) {
    const outside = isDeciding(field)
      ? { ...field, when: field.when.slice(0, -1) }
      : field;
    const key = JSON.stringify([outside.path, outside.when]);
    const summaries = [
      merged.get(key)?.summaries ?? [],
      field.summaries,
    ].flat();
    merged.set(key, {
      ...outside,
      summaries: isDeciding(field) ? [summaries.join(' or ')] : summaries,
    });
  }
  return [...merged.values()];
}

/** Whether it is the `type` that decides. */
function isDeciding({ path, when }: Field): boolean {
  const inner = when.at(-1);
  return (
    inner !== undefined && nameOf(path) === nameOf([...inner.path, 'type'])
  );
}
