import type * as v from 'valibot';
import type { InteractiveContents, MessageContents } from '../types';
import type { catalog } from './catalog';
import type { interactiveCatalog } from './interactive/catalog';
import type { Kind } from './kind';

// The public types are written out, so that an editor can load them alone; the
// schemas are what is checked. Here the compiler proves that both say the same.

/** A type without what "others pass through" adds to it. */
type Known<T> = T extends readonly (infer Item)[]
  ? Known<Item>[]
  : T extends object
    ? {
        [K in keyof T as string extends K ? never : K]: Known<T[K]>;
      }
    : T;

type IsSame<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2
    ? true
    : false;

type ContentOf<K extends Kind> = v.InferInput<K['schema']>;

/** The names under which public types and schemas differ. */
type Differing<Contents, Catalog extends { [Name in keyof Contents]: Kind }> = {
  [Name in keyof Contents]: IsSame<
    Known<Contents[Name]>,
    Known<ContentOf<Catalog[Name]>>
  > extends true
    ? never
    : Name;
}[keyof Contents];

type Nothing<Names extends never> = Names;

// An error in one of these lines names the kind whose type and schema differ.
export type MessagesAreBound = Nothing<
  Differing<MessageContents, typeof catalog>
>;
export type InteractivesAreBound = Nothing<
  Differing<InteractiveContents, typeof interactiveCatalog>
>;
