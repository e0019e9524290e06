import type * as v from 'valibot';

/** One field of a content, as the schema knows it. */
export type Field = {
  /** Names from the content on; `[]` for the items of a list. */
  path: readonly string[];
  /** On the way there, objects whose `type` decides that they have this field. */
  when: readonly { path: readonly string[]; type: string }[];
  isRequired: boolean;
  /** What the rules of the field say. */
  summaries: readonly string[];
  /** The maximum number of characters, if there is one. */
  max?: number;
  /** The maximum number of items, if it is a list. */
  maxItems?: number;
};

type Facts = {
  summary?: string;
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

type Place = Pick<Field, 'path' | 'when'>;

/** The fields of a content and all that stand in them; for documentation and tests. */
export const listFields = (schema: v.GenericSchema): Field[] =>
  listWithin(schema, { path: [], when: [] });

/** What the rules of a schema say about the value as a whole. */
export const listRules = (schema: v.GenericSchema): readonly string[] =>
  factsOf(schema).summaries;

function listWithin(schema: Part, { path, when }: Place): Field[] {
  return flattenPipes(schema).flatMap(({ entries, item, metadata }) => [
    ...Object.entries(entries ?? {}).flatMap(([name, field]) =>
      listField(field, { path: [...path, name], when }),
    ),
    ...(item ? listWithin(item, { path: [...path, '[]'], when }) : []),
    ...Object.entries(metadata?.types ?? {}).flatMap(([type, part]) =>
      listWithin(part, { path, when: [...when, { path, type }] }),
    ),
  ]);
}

function listField(field: Part, place: Place): Field[] {
  const schema = field.wrapped ?? field;
  const isRequired = field.type !== 'optional';
  return [
    { ...place, isRequired, ...factsOf(schema) },
    ...listWithin(schema, place),
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
    summaries: facts.flatMap(({ summary }) => summary ?? []),
    ...(max !== undefined && { max }),
    ...(maxItems !== undefined && { maxItems }),
  };
}
