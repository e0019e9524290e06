import { media } from '../media';
import type { Check, Field } from '../rules';
import { byField, object, optional } from '../rules';
import { oneOf, text, words } from '../values';

const type = words();

const HEADERS = {
  text: object({ type, text: text(60), sub_text: optional(words(60)) }),
  image: object({ type, image: media() }),
  video: object({ type, video: media() }),
  document: object({ type, document: media({ filename: optional(text()) }) }),
};

type HeaderType = keyof typeof HEADERS;

/** A header of one of these types; of any type when none is named. */
export const header = (...types: HeaderType[]): Check =>
  byField(
    'type',
    Object.fromEntries(
      Object.entries(HEADERS).filter(
        ([name]) => !types.length || types.includes(name as HeaderType),
      ),
    ),
  );

export const body = (max = 1024): Check => object({ text: text(max) });

const footer = object({ text: text(60) });

/** A whole interactive message; what a kind does not have is `undefined`. */
export const interactiveWith = (
  action: Check,
  parts: { header?: Field | undefined; body?: Field; footer?: undefined } = {},
): Check => {
  const all = {
    header: optional(header()),
    body: body(),
    footer: optional(footer),
    ...parts,
  };
  const fields = Object.entries(all).filter(([, field]) => field);
  return object({
    type,
    ...(Object.fromEntries(fields) as Record<string, Field>),
    action,
  });
};

/** An action that Meta tells apart by its name. */
export const named = (name: string, parameters?: Field): Check =>
  object({ name: oneOf(name), ...(parameters && { parameters }) });
