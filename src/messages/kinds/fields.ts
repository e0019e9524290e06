import * as v from 'valibot';
import { lengthOf } from '../../core/values';
import { noOuterSpace, withoutFields } from '../../schema/constraints';
import {
  anyList,
  anyText,
  degrees,
  id,
  object,
  oneOf,
  openVariant,
  optional,
  text,
  variant,
  webLink,
  withRules,
} from '../../schema/rules';
import type { Rule } from '../../schema/rules';
import { LIMITS } from './limits';

// Fields that several kinds have: media, places, the parts of interactive messages, and what fills a template.

type Source = { id?: unknown; link?: unknown };

/** The content of a media message: an ID or a public link, and fields of its own. */
export const media = <const Fields extends v.ObjectEntries>(fields: Fields) =>
  withRules(
    object({ id: optional(id()), link: optional(webLink()), ...fields }),
    {
      summary: 'exactly one of id and link',
      isValid: ({ id, link }: Source) =>
        (id === undefined) !== (link === undefined),
      message: 'needs exactly one of id and link',
      fix: 'Give the id of an uploaded media or a public link, not both.',
    },
  );

/** For kinds that show no text beside the media. */
export const noCaption: Rule = {
  summary: 'no caption',
  isValid: (content: object) => !('caption' in content),
  message: 'has a caption, which WhatsApp does not show with this kind',
  fix: 'Leave the caption out and send it as a text message.',
};

export const caption = () => optional(text(LIMITS.caption));

/** A place on the map. */
export const place = () =>
  object({
    latitude: degrees(LIMITS.latitude),
    longitude: degrees(LIMITS.longitude),
    name: optional(anyText()),
    address: optional(anyText()),
  });

// What interactive messages have in common.

const { interactive, urlButton } = LIMITS;

/** Text on a button, or another text of an action. */
export const label = (max: number) => withRules(text(max), noOuterSpace);

/** What comes back of it when it is tapped. */
export const choiceId = (max: number) => withRules(id(max), noOuterSpace);

export const body = (max: number = interactive.body) =>
  object({ text: text(max) });

const footer = () => optional(object({ text: text(interactive.footer) }));

export const textHeader = () =>
  object({ type: oneOf('text'), text: text(interactive.header) });

export const imageHeader = () =>
  object({ type: oneOf('image'), image: media({}) });

export const videoHeader = () =>
  object({ type: oneOf('video'), video: media({}) });

const documentHeader = () =>
  object({
    type: oneOf('document'),
    document: media({ filename: optional(text()) }),
  });

const header = () =>
  optional(
    variant({
      text: textHeader(),
      image: imageHeader(),
      video: videoHeader(),
      document: documentHeader(),
    }),
  );

/** Header, body and footer, as most of them have. */
export const commonFields = () => ({
  header: header(),
  body: body(),
  footer: footer(),
});

/** Body and footer, for those that make their header by themselves. */
export const commonFieldsWithoutHeader = () => ({
  body: body(),
  footer: footer(),
});

/** A button that opens an address. */
export const urlButtonAction = () =>
  object({ name: oneOf('cta_url'), parameters: urlButtonParameters() });

export const urlButtonParameters = () =>
  object({ display_text: label(urlButton), url: webLink() });

/** For texts that fill a template, which WhatsApp wants on one line. */
export const oneLine: Rule = {
  summary: 'no line break, no tab, at most 4 spaces in a row',
  isValid: (text: string) => !/[\n\v\f\r\t\u0085\u2028\u2029]| {5}/.test(text),
  message:
    'has a line break, a tab or more than 4 spaces in a row, which WhatsApp refuses',
  fix: 'Put one space in their place, or use sendTemplate, which does so.',
};

/** Text on one line: what is longer than a space becomes one, and none is outside. */
export const flatten = (text: string): string =>
  text.replace(/[\s\u0085]+/g, ' ').trim();

// What fills the header and the body of a template, by type.

const whole: Rule = {
  summary: 'a whole number',
  isValid: Number.isSafeInteger,
  message: 'is not a whole number',
  fix: 'Give the amount times 1000, rounded.',
};

const line = (max?: number) => withRules(text(max), oneLine);

const textParameter = (max: number) =>
  object({
    type: oneOf('text'),
    text: line(max),
    parameter_name: optional(text()),
  });

const withoutFilename = () => withRules(media({}), withoutFields('filename'));

export const headerParameters = (max: number) => ({
  text: textParameter(max),
  image: object({ type: oneOf('image'), image: withoutFilename() }),
  video: object({ type: oneOf('video'), video: withoutFilename() }),
  document: object({
    type: oneOf('document'),
    document: media({ filename: optional(text()) }),
  }),
  location: object({ type: oneOf('location'), location: place() }),
  product: object({
    type: oneOf('product'),
    product: object({ product_retailer_id: id(), catalog_id: id() }),
  }),
});

export const bodyParameters = (max: number) => ({
  text: textParameter(max),
  currency: object({
    type: oneOf('currency'),
    currency: object({
      fallback_value: line(),
      code: text(),
      amount_1000: withRules(v.number(), whole),
    }),
    parameter_name: optional(text()),
  }),
  date_time: object({
    type: oneOf('date_time'),
    date_time: object({ fallback_value: line() }),
    parameter_name: optional(text()),
  }),
});

// What fills the header and the body, of a template or of one of its cards.

const single: Rule = {
  summary: 'one parameter',
  isValid: (parameters: readonly unknown[]) => parameters.length <= 1,
  message: 'has several parameters; a header has one',
  fix: 'Keep one, and put the others into the body.',
};

export const headerComponent = object({
  type: oneOf('header'),
  parameters: optional(
    withRules(
      anyList(openVariant(headerParameters(LIMITS.template.header))),
      single,
    ),
  ),
});

type Parameters = readonly { type: string; text?: unknown }[];

/** For values that stand together in one body. */
export const maxCharactersInAll = (max: number): Rule => ({
  summary: `at most ${max} characters in all`,
  isValid: (parameters: Parameters) =>
    parameters.reduce((sum, parameter) => sum + lengthIn(parameter), 0) <= max,
  message: `has more than ${max} characters in all, which is the maximum`,
  fix: 'Shorten the values.',
});

const lengthIn = ({ type, text }: Parameters[number]) =>
  type === 'text' && typeof text === 'string' ? lengthOf(text) : 0;

/** A body of at most `max` characters, of which each value may have `each`. */
export const bodyComponent = (max: number, each = max) =>
  object({
    type: oneOf('body'),
    parameters: optional(
      withRules(
        anyList(openVariant(bodyParameters(each))),
        maxCharactersInAll(max),
      ),
    ),
  });
