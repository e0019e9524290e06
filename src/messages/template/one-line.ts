import type { Rule } from '../../schema/rules';

/** For texts that fill a template, which WhatsApp wants on one line. */
export const oneLine: Rule = {
  says: 'no line break, no tab, at most 4 spaces in a row',
  holds: (text: string) => !/[\n\v\f\r\t\u0085\u2028\u2029]| {5}/.test(text),
  wrong:
    'has a line break, a tab or more than 4 spaces in a row, which WhatsApp refuses',
  fix: 'Put one space in their place, or use sendTemplate, which does so.',
};

/** Text on one line: what is longer than a space becomes one, and none is outside. */
export const flatten = (text: string): string =>
  text.replace(/[\s\u0085]+/g, ' ').trim();
