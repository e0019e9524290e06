import type * as v from 'valibot';
import type { InteractiveContents, MessageContents } from '../types';
import { audio } from './kinds/audio';
import { contacts } from './kinds/contacts';
import { document } from './kinds/document';
import { image } from './kinds/image';
import { interactive } from './kinds/interactive';
import type { interactiveCatalog } from './kinds/interactive';
import type { Kind } from './kinds/kind';
import { location } from './kinds/location';
import { pin } from './kinds/pin';
import { reaction } from './kinds/reaction';
import { sticker } from './kinds/sticker';
import { template } from './kinds/template';
import { text } from './kinds/text';
import { video } from './kinds/video';

/** Every kind of message that can be sent. Checks, types, documentation and tests follow it. */
export const catalog = {
  text,
  image,
  audio,
  video,
  document,
  sticker,
  location,
  contacts,
  reaction,
  interactive,
  template,
  pin,
} satisfies { [K in keyof MessageContents]: Kind };

// The public types are written out, so that an editor can load them alone; the
// schemas are what is checked. Here the compiler proves that both say the same.

/** A type without what "others pass through" adds to it. */
type KnownFields<T> = T extends readonly (infer Item)[]
  ? KnownFields<Item>[]
  : T extends object
    ? {
        [K in keyof T as string extends K ? never : K]: KnownFields<T[K]>;
      }
    : T;

type IsSame<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2
    ? true
    : false;

type ContentOf<K extends Kind> = v.InferInput<K['schema']>;

/** The names under which public types and schemas differ. */
type Mismatches<
  Contents,
  Catalog extends { [Name in keyof Contents]: Kind },
> = {
  [Name in keyof Contents]: IsSame<
    KnownFields<Contents[Name]>,
    KnownFields<ContentOf<Catalog[Name]>>
  > extends true
    ? never
    : Name;
}[keyof Contents];

type None<Names extends never> = Names;

// An error in one of these lines names the kind whose type and schema differ.
export type MessageMismatches = None<
  Mismatches<MessageContents, typeof catalog>
>;
export type InteractiveMismatches = None<
  Mismatches<InteractiveContents, typeof interactiveCatalog>
>;
