import { object, optional, text, withRules } from '../../../schema/rules';
import type { Rule } from '../../../schema/rules';
import { LIMITS } from '../limits';

// What WhatsApp tells templates apart by.

const noSpace: Rule = {
  says: 'no space',
  holds: (name: string) => !/\s/.test(name),
  wrong: 'has a space in it, which no name of a template has',
  fix: 'Copy the name from WhatsApp Manager, as in visit_reminder.',
};

const underscores: Rule = {
  says: 'as in en_US or sw',
  holds: (code: string) => /^[A-Za-z]+(_[A-Za-z0-9]+)*$/.test(code),
  wrong: 'is not a language as WhatsApp writes it',
  fix: 'Copy the language from WhatsApp Manager, as in en_US, with an underscore.',
};

export const templateName = withRules(text(LIMITS.template.name), noSpace);

export const languageCode = withRules(text(), underscores);

export const templateLanguage = object({
  code: languageCode,
  policy: optional(text()),
});
