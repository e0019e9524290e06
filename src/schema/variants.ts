import * as v from 'valibot';
import { isObject } from '../core/values';
import { object, oneOf, text } from './rules';

type Schemas = Record<string, v.GenericSchema>;
type AnyOf<Types extends Schemas> = v.GenericSchema<
  v.InferInput<Types[keyof Types]>
>;

/** An object whose `type` decides what else it holds; no other type exists. */
export const variant = <Types extends Schemas>(types: Types) =>
  variantOf(types, object({ type: oneOf(...typesOf(types)) }));

/** The same; but a type that we do not know passes, as Meta may have added it. */
export const openVariant = <Types extends Schemas>(types: Types) =>
  variantOf(types, object({ type: text() }));

function variantOf<Types extends Schemas>(
  types: Types,
  otherwise: v.GenericSchema,
): AnyOf<Types> {
  const known = (value: unknown) => {
    const type = isObject(value) ? value['type'] : undefined;
    return typeof type === 'string' && Object.hasOwn(types, type)
      ? types[type]
      : undefined;
  };
  return v.pipe(
    v.lazy(value => known(value) ?? otherwise),
    v.metadata({ says: `by type: ${Object.keys(types).join(', ')}`, types }),
  );
}

const typesOf = (types: Schemas) => Object.keys(types) as [string, ...string[]];
