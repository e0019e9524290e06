import type { Rule } from './rules';

// Rules that several schemas have in common.

/** For texts of buttons and actions. */
export const noOuterSpace: Rule = {
  summary: 'no space before or after',
  isValid: (text: string) => text.trim() === text,
  message: 'begins or ends with a space, which is not allowed',
  fix: 'Take the space away.',
};

/** For labels that may have no emoji; signs such as ™ are none. */
export const noEmoji: Rule = {
  summary: 'no emoji',
  isValid: (text: string) =>
    !/\p{Emoji_Presentation}|\ufe0f|\u20e3/u.test(text),
  message: 'has an emoji, which is not allowed here',
  fix: 'Take the emoji away.',
};

/** For lists whose items must differ in something, `what`. */
export const unique = <Item>(
  noun: string,
  keyOf: (item: Item) => unknown,
): Rule => ({
  summary: `each ${noun} once`,
  isValid: (items: readonly Item[]) =>
    new Set(items.map(keyOf)).size === items.length,
  message: `has the same ${noun} twice`,
  fix: `Give each its own ${noun}.`,
});

/** For lists whose items must agree in something, `what`. */
export const sameOnAll = <Item>(
  noun: string,
  keyOf: (item: Item) => unknown,
): Rule => ({
  summary: `the same ${noun} on all`,
  isValid: (items: readonly Item[]) => new Set(items.map(keyOf)).size <= 1,
  message: `differs in the ${noun}`,
  fix: `Give all the same ${noun}.`,
});

type Section = { title?: unknown };

/** Sections are told apart by their titles; a single one needs none. */
export const titledSections: Rule = {
  summary: 'a title for each section when there are several',
  isValid: (sections: readonly Section[]) =>
    sections.length === 1 || sections.every(({ title }) => title !== undefined),
  message: 'has several sections, one of them without a title',
  fix: 'Give each section a title.',
};

/** For sections that hold at most `max` things together. */
export const maxInAll = <Name extends string>(
  name: Name,
  noun: string,
  max: number,
): Rule => ({
  summary: `at most ${max} ${noun} in all`,
  isValid: (sections: readonly Record<Name, readonly unknown[]>[]) =>
    sections.reduce((sum, section) => sum + section[name].length, 0) <= max,
  message: `has more than ${max} ${noun} in all, which is the maximum`,
  fix: 'Leave some out, or send them in a second message.',
});

/** For objects that have no place for a field. */
export const withoutFields = (...names: string[]): Rule => ({
  summary: `no ${names.join(', no ')}`,
  isValid: (content: Record<string, unknown>) =>
    names.every(name => content[name] === undefined),
  message: `has a ${names.join(' or a ')}, which is not allowed here`,
  fix: `Leave it out.`,
});
