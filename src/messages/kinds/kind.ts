import type * as v from 'valibot';

/** What the project knows about one kind of message: checks, documentation and tests come from it. */
export type Kind<Schema extends v.GenericSchema = v.GenericSchema> = {
  /** One sentence for the documentation. */
  summary: string;
  /** Meta's page. */
  link: string;
  /** The content: what stands in the message under the name of the kind. */
  schema: Schema;
  /** At least one content that WhatsApp accepts. */
  examples: readonly [v.InferInput<Schema>, ...v.InferInput<Schema>[]];
  /** False when it cannot quote a message. */
  canQuote?: boolean;
  /** True when only groups take it. */
  isForGroups?: boolean;
};

/** Binds the examples of a kind to its schema. */
export const defineKind = <const Schema extends v.GenericSchema>(
  spec: Kind<Schema>,
): Kind<Schema> => spec;
