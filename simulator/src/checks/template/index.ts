import { refuse } from '../../core/errors';
import type { Check, Json } from '../rules';
import { all, list, object, optional } from '../rules';
import { asString, oneOf, text } from '../values';
import { templateComponent } from './components';
import { BODY, checkLength } from './parameters';

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

/** A body has less room when other components stand beside it. */
const shortBesideOthers: Check = (value, at) => {
  const parts = value as Json[];
  const isBody = ({ type }: Json) => String(type).toLowerCase() === 'body';
  if (parts.every(isBody)) return;
  for (const { parameters } of parts.filter(isBody))
    checkLength(parameters, BODY, at);
};

export const template = object({
  name: possible(/^[a-z0-9_]+$/),
  language,
  components: optional(
    all(list(templateComponent, 0, Infinity), shortBesideOthers),
  ),
});
