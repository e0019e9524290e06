import type * as v from 'valibot';

/** One field of a content, as the schema knows it. */
export type Field = {
  /** Names from the content on; `[]` for the items of a list. */
  path: readonly string[];
  /** On the way there, objects whose `type` decides that they have this field. */
  when: readonly { path: readonly string[]; type: string }[];
  isRequired: boolean;
  /** What the rules of the field say. */
  says: readonly string[];
  /** The most characters, when there is such a limit. */
  max?: number;
  /** The most items, when it is a list. */
  maxItems?: number;
};

type Facts = {
  says?: string;
  max?: number;
  maxItems?: number;
  types?: Record<string, Part>;
};

/** What a schema can be made of, as far as the words in `rules` make it. */
type Part = {
  kind: string;
  type: string;
  pipe?: readonly Part[];
  wrapped?: Part;
  entries?: Record<string, Part>;
  item?: Part;
  metadata?: Facts;
};

type Way = Pick<Field, 'path' | 'when'>;

/** The fields of a content and all that stand in them; for documentation and tests. */
export const fieldsOf = (schema: v.GenericSchema): Field[] =>
  within(schema, { path: [], when: [] });

/** What the rules of a schema say about the value as a whole. */
export const rulesOf = (schema: v.GenericSchema): readonly string[] =>
  factsOf(schema).says;

function within(schema: Part, { path, when }: Way): Field[] {
  return partsOf(schema).flatMap(({ entries, item, metadata }) => [
    ...Object.entries(entries ?? {}).flatMap(([name, field]) =>
      fieldAt(field, { path: [...path, name], when }),
    ),
    ...(item ? within(item, { path: [...path, '[]'], when }) : []),
    ...Object.entries(metadata?.types ?? {}).flatMap(([type, its]) =>
      within(its, { path, when: [...when, { path, type }] }),
    ),
  ]);
}

function fieldAt(field: Part, way: Way): Field[] {
  const schema = field.wrapped ?? field;
  const isRequired = field.type !== 'optional';
  return [{ ...way, isRequired, ...factsOf(schema) }, ...within(schema, way)];
}

/** The schema and its rules in one list, however deep its pipes are nested. */
const partsOf = (part: Part): Part[] =>
  part.pipe ? part.pipe.flatMap(partsOf) : [part];

function factsOf(schema: Part) {
  const facts = partsOf(schema).flatMap(({ metadata }) => metadata ?? []);
  const max = facts.findLast(fact => fact.max !== undefined)?.max;
  const maxItems = facts.findLast(
    fact => fact.maxItems !== undefined,
  )?.maxItems;
  return {
    says: facts.flatMap(({ says }) => says ?? []),
    ...(max !== undefined && { max }),
    ...(maxItems !== undefined && { maxItems }),
  };
}
