import type { Rule } from './rules';

// Rules that several schemas have in common.

/** For texts of buttons and actions. */
export const noOuterSpace: Rule = {
  says: 'no space before or after',
  holds: (text: string) => text.trim() === text,
  wrong: 'begins or ends with a space, which is not allowed',
  fix: 'Take the space away.',
};

/** For labels that may have no emoji; signs such as ™ are none. */
export const noEmoji: Rule = {
  says: 'no emoji',
  holds: (text: string) => !/\p{Emoji_Presentation}|\ufe0f|\u20e3/u.test(text),
  wrong: 'has an emoji, which is not allowed here',
  fix: 'Take the emoji away.',
};

/** For lists whose items must differ in something, `what`. */
export const unique = <Item>(
  what: string,
  of: (item: Item) => unknown,
): Rule => ({
  says: `each ${what} once`,
  holds: (items: readonly Item[]) =>
    new Set(items.map(of)).size === items.length,
  wrong: `has the same ${what} twice`,
  fix: `Give each its own ${what}.`,
});

/** For lists whose items must agree in something, `what`. */
export const sameOnAll = <Item>(
  what: string,
  of: (item: Item) => unknown,
): Rule => ({
  says: `the same ${what} on all`,
  holds: (items: readonly Item[]) => new Set(items.map(of)).size <= 1,
  wrong: `differs in the ${what}`,
  fix: `Give all the same ${what}.`,
});

type Section = { title?: unknown };

/** Sections are told apart by their titles; a single one needs none. */
export const titledSections: Rule = {
  says: 'a title for each section when there are several',
  holds: (sections: readonly Section[]) =>
    sections.length === 1 || sections.every(({ title }) => title !== undefined),
  wrong: 'has several sections, one of them without a title',
  fix: 'Give each section a title.',
};

/** For sections that hold at most `max` things together. */
export const maxInAll = <Held extends string>(
  held: Held,
  noun: string,
  max: number,
): Rule => ({
  says: `at most ${max} ${noun} in all`,
  holds: (sections: readonly Record<Held, readonly unknown[]>[]) =>
    sections.reduce((sum, section) => sum + section[held].length, 0) <= max,
  wrong: `has more than ${max} ${noun} in all, which is the maximum`,
  fix: 'Leave some out, or send them in a second message.',
});

/** For objects that have no place for a field. */
export const withoutFields = (...parts: string[]): Rule => ({
  says: `no ${parts.join(', no ')}`,
  holds: (content: Record<string, unknown>) =>
    parts.every(part => content[part] === undefined),
  wrong: `has a ${parts.join(' or a ')}, which is not allowed here`,
  fix: `Leave it out.`,
});
