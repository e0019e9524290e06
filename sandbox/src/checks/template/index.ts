import { refuse } from '../../errors';
import type { Check } from '../rules';
import { list, object, optional } from '../rules';
import { asString, oneOf, text } from '../values';
import { templateComponent } from './components';

/** A name or language that no template can have is one that does not exist. */
const possible =
  (pattern: RegExp): Check =>
  (value, at) => {
    text(512)(value, at);
    if (!pattern.test(asString(value, at)))
      refuse(132001, `${at} (${String(value)}) does not exist.`);
  };

const language = object({
  code: possible(/^[a-z]{2,3}(_[A-Za-z]{2,4})?$/),
  policy: optional(oneOf('deterministic')),
});

export const template = object({
  name: possible(/^[a-z0-9_]+$/),
  language,
  components: optional(list(templateComponent, 0, Infinity)),
});
