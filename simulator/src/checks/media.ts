import type { Field } from './rules';
import { all, object, optional } from './rules';
import { exactlyOne, matching, text, webLink, words, yesOrNo } from './values';

/** A file: the ID of an upload, or a link that Meta fetches. */
export const media = (fields: Record<string, Field> = {}) =>
  all(
    object({
      id: optional(matching(/^\d+$/, 'a media ID')),
      link: optional(webLink),
      ...fields,
    }),
    exactlyOne('id', 'link'),
  );

const caption = optional(words(1024));

export const image = media({ caption });
export const video = media({ caption });
export const audio = media({ voice: optional(yesOrNo) });
export const document = media({ caption, filename: optional(text()) });
export const sticker = media();
