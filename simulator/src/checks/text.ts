import { object, optional } from './rules';
import { text as words, yesOrNo } from './values';

export const text = object({
  body: words(4096),
  preview_url: optional(yesOrNo),
});

/** Text that makes its own template ("Direct Send") has less room. */
export const directText = object({
  body: words(1024),
  preview_url: optional(yesOrNo),
});
