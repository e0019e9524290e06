import { noOuterSpace } from '../../../schema/constraints';
import {
  id,
  object,
  oneOf,
  optional,
  text,
  variant,
  webLink,
  withRules,
} from '../../../schema/rules';
import { LIMITS } from '../limits';
import { media } from '../media';

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
