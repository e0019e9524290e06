import type * as v from 'valibot';
import {
  id,
  object,
  optional,
  text,
  webLink,
  withRules,
} from '../../schema/rules';
import type { Rule } from '../../schema/rules';
import { LIMITS } from './limits';

type Source = { id?: unknown; link?: unknown };

/** The content of a media message: an ID or a public link, and fields of its own. */
export const media = <const Fields extends v.ObjectEntries>(fields: Fields) =>
  withRules(
    object({ id: optional(id()), link: optional(webLink()), ...fields }),
    {
      says: 'exactly one of id and link',
      holds: ({ id, link }: Source) =>
        (id === undefined) !== (link === undefined),
      wrong: 'needs exactly one of id and link',
      fix: 'Give the id of an uploaded media or a public link, not both.',
    },
  );

/** For kinds that show no text beside the media. */
export const noCaption: Rule = {
  says: 'no caption',
  holds: (content: object) => !('caption' in content),
  wrong: 'has a caption, which WhatsApp does not show with this kind',
  fix: 'Leave the caption out and send it as a text message.',
};

export const caption = () => optional(text(LIMITS.caption));
