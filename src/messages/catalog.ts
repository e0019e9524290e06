import type { MessageContents } from '../types';
import type { Kind } from './kind';
import { audio } from './kinds/audio';
import { contacts } from './kinds/contacts';
import { document } from './kinds/document';
import { image } from './kinds/image';
import { interactive } from './kinds/interactive';
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

/** What is known about a kind; undefined for one that Meta has added since. */
export const kindNamed = (name: string): Kind | undefined =>
  Object.hasOwn(catalog, name)
    ? catalog[name as keyof typeof catalog]
    : undefined;
