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
  /** The maximum number of characters, if there is one. */
  max?: number;
  /** The maximum number of items, if it is a list. */
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
export const listFields = (schema: v.GenericSchema): Field[] =>
  listWithin(schema, { path: [], when: [] });

/** What the rules of a schema say about the value as a whole. */
export const listRules = (schema: v.GenericSchema): readonly string[] =>
  factsOf(schema).says;

function listWithin(schema: Part, { path, when }: Way): Field[] {
  return flattenPipes(schema).flatMap(({ entries, item, metadata }) => [
    ...Object.entries(entries ?? {}).flatMap(([name, field]) =>
      listField(field, { path: [...path, name], when }),
    ),
    ...(item ? listWithin(item, { path: [...path, '[]'], when }) : []),
    ...Object.entries(metadata?.types ?? {}).flatMap(([type, its]) =>
      listWithin(its, { path, when: [...when, { path, type }] }),
    ),
  ]);
}

function listField(field: Part, way: Way): Field[] {
  const schema = field.wrapped ?? field;
  const isRequired = field.type !== 'optional';
  return [
    { ...way, isRequired, ...factsOf(schema) },
    ...listWithin(schema, way),
  ];
}

/** The schema and its rules in one list, however deep its pipes are nested. */
const flattenPipes = (part: Part): Part[] =>
  part.pipe ? part.pipe.flatMap(flattenPipes) : [part];

function factsOf(schema: Part) {
  const facts = flattenPipes(schema).flatMap(({ metadata }) => metadata ?? []);
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
