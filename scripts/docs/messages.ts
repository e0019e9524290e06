import type { Kind } from '../../src/messages/kinds/kind';
import { listRules } from '../../src/schema/fields';
import { fieldTables, rules } from './fields';
import { code, codeBlock, linkTo, page, table } from './markdown';

type Kinds = Record<string, Kind>;

const INTERACTIVE = 'Interactive messages';

/** The page on the kinds of message: what each holds, by its own schema. */
export function messagesPage(
  path: string,
  kinds: Kinds,
  interactiveKinds: Kinds,
): Promise<string> {
  return page(path, [
    '# Messages',
    "Each kind of message that `sendMessage` takes, besides a plain text, in Meta's own form. What stands here is checked before anything is sent. Other fields pass through as they are, because Meta may have added them since.",
    index(kinds, name => name),
    ...Object.entries(kinds).flatMap(([name, kind]) =>
      name === 'interactive'
        ? [`## ${name}`, kind.summary, `See ${linkTo(INTERACTIVE)}.`]
        : section(`## ${name}`, kind, content => ({ [name]: content })),
    ),
    `## ${INTERACTIVE}`,
    'The content of the kind `interactive`, by its `type`.',
    index(interactiveKinds, titleOf),
    ...Object.entries(interactiveKinds).flatMap(([name, kind]) =>
      section(`### ${titleOf(name)}`, kind, interactive => ({ interactive })),
    ),
  ]);
}

// A list, a product or a location is a heading of its own elsewhere.
const titleOf = (type: string): string => `interactive ${type}`;

const index = (kinds: Kinds, heading: (name: string) => string): string =>
  table(
    ['Kind', 'What it is'],
    Object.entries(kinds).map(([name, { summary }]) => [
      linkTo(heading(name), code(name)),
      summary,
    ]),
  );

type Wrap = (content: unknown) => object;

const section = (heading: string, kind: Kind, wrap: Wrap): string[] => [
  heading,
  kind.summary,
  ...remarks(kind),
  ...fieldTables(kind.schema).flatMap(({ caption, rows }) => [
    caption ? `When ${caption}:` : '',
    table(['Field', 'Needed', 'Rule'], rows),
  ]),
  ...kind.examples.map(example =>
    codeBlock('json', JSON.stringify(wrap(example))),
  ),
  `[Meta's documentation](${kind.link})`,
];

function remarks({ schema, canQuote = true, isForGroups }: Kind): string[] {
  const whole = rules(listRules(schema));
  return [
    whole && `As a whole: ${whole}.`,
    canQuote ? '' : 'It cannot quote a message.',
    isForGroups ? 'Only groups take it.' : '',
  ].filter(Boolean);
}
