import type * as v from 'valibot';
import { openVariant } from '../../schema/variants';
import { interactiveCatalog } from '../interactive/catalog';
import { kind } from '../kind';

type Catalog = typeof interactiveCatalog;
type Schemas = { [Type in keyof Catalog]: Catalog[Type]['schema'] };
type Content = v.InferInput<Schemas[keyof Schemas]>;

const entries = Object.entries(interactiveCatalog);
const schemas = Object.fromEntries(
  entries.map(([type, { schema }]) => [type, schema]),
) as Schemas;
const [first, ...others] = entries.flatMap<Content>(([, { examples }]) => [
  ...examples,
]);

export const interactive = kind({
  summary:
    'Buttons, lists, forms and the like; its own type says which. A type that Meta adds later passes through.',
  link: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages',
  schema: openVariant(schemas),
  examples: [first as Content, ...others],
});
