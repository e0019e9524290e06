import type { Kind } from '../../src/messages/kinds/kind';
import { listRules } from '../../src/schema/fields';
import { fieldTables, rules } from './fields';
import type { FieldTable } from './fields';
import { code, codeBlock, linkTo, page, table } from './markdown';
import { PLAIN_FORMS } from './plain-forms';
import { preview } from './preview';

type Kinds = Record<string, Kind>;

const INTERACTIVE = 'Interactive messages';
/** So many fields are shown at once; of more only those that are needed or have a limit. */
const FEW_FIELDS = 8;
const HEAD = ['Field', 'Needed', 'Rule'];

/** The page on the kinds of message: what each looks like, how it is sent, and its limits. */
export function messagesPage(
  path: string,
  kinds: Kinds,
  interactiveKinds: Kinds,
): Promise<string> {
  return page(path, [
    '# Messages',
    "Each kind of message: what a person sees, how a job sends it with plain arguments, and Meta's own form, which `sendMessage` takes. Limits are checked before anything is sent. Fields that do not stand here pass through as they are, because Meta may have added them since.",
    index(kinds, name => name),
    ...Object.entries(kinds).flatMap(([name, kind]) =>
      name === 'interactive'
        ? [`## ${name}`, kind.summary, `See ${linkTo(INTERACTIVE)}.`]
        : [`## ${name}`, ...section(name, name, kind)],
    ),
    `## ${INTERACTIVE}`,
    'The content of the kind `interactive`, by its `type`.',
    index(interactiveKinds, titleOf),
    ...Object.entries(interactiveKinds).flatMap(([name, kind]) => [
      `### ${titleOf(name)}`,
      ...section(titleOf(name), 'interactive', kind),
    ]),
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

function section(title: string, name: string, kind: Kind): string[] {
  const [first, ...others] = kind.examples;
  const plain = PLAIN_FORMS[title];
  const json = (content: unknown) =>
    codeBlock('json', JSON.stringify({ [name]: content }));
  return [
    kind.summary,
    codeBlock('text', preview(name, first)),
    ...(plain ? ['In a job:', codeBlock('js', plain)] : []),
    "Meta's form:",
    json(first),
    ...limits(kind),
    ...details('More examples', others.map(json)),
    `[Meta's documentation](${kind.link})`,
  ];
}

function limits(kind: Kind): string[] {
  const tables = fieldTables(kind.schema);
  const rows = tables.flatMap(({ rows }) => rows);
  if (rows.length <= FEW_FIELDS) return [...remarks(kind), ...shown(tables)];
  const important = rows.filter(
    ([, need = '', rule = '']) => need === 'yes' || /\d/.test(rule),
  );
  return [
    ...remarks(kind),
    table(HEAD, important),
    ...details(`All ${rows.length} fields`, shown(tables)),
  ];
}

const shown = (tables: FieldTable[]): string[] =>
  tables.flatMap(({ caption, rows }) => [
    caption ? `When ${caption}:` : '',
    table(HEAD, rows),
  ]);

/** What a reader opens when it is needed. */
const details = (summary: string, blocks: string[]): string[] =>
  blocks.length > 0
    ? [`<details><summary>${summary}</summary>`, ...blocks, '</details>']
    : [];

function remarks({ schema, canQuote = true, isForGroups }: Kind): string[] {
  const whole = rules(listRules(schema));
  return [
    whole && `As a whole: ${whole}.`,
    canQuote ? '' : 'It cannot quote a message.',
    isForGroups ? 'Only groups take it.' : '',
  ].filter(Boolean);
}
