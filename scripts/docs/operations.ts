import { GROUPS, inGroups } from './groups';
import type { Group } from './groups';
import type { Documented, Item, Typedef } from './jsdoc';
import { code, codeBlock, linkTo, page, table } from './markdown';

export type Source = {
  functions: Documented[];
  typedefs: Typedef[];
  /** Names that come from language-common. */
  common: string[];
};

type LinkType = (name: string) => string;

/** The page on the operations: an index, each operation, the typedefs. */
export function operationsPage(
  path: string,
  { functions, typedefs, common }: Source,
  groupNames = GROUPS,
): Promise<string> {
  const operations = functions.filter(({ file }) => file === 'Adaptor');
  const others = functions.filter(({ file }) => file !== 'Adaptor');
  const groups = [...inGroups(operations, groupNames), ...namespaces(others)];
  const linkType: LinkType = name =>
    typedefs.some(typedef => typedef.name === name) ? linkTo(name) : code(name);

  return page(path, [
    '# Operations',
    'Every argument may be a value or a function of state: `$.data.phone` and `state => state.data.phone.trim()` are such functions.',
    'An operation stands at the top of a job, or is given to another, such as `each`. Called inside `fn` it does nothing.',
    ...groups.flatMap(index),
    commonNames(common),
    ...groups.flatMap(({ title, operations }) => [
      `## ${title}`,
      ...operations.flatMap(operation => section(operation, linkType)),
    ]),
    '## Options and state',
    ...typedefs.flatMap(typedef => typedefSection(typedef, linkType)),
  ]);
}

/** A job calls functions of other files by the name of their file: `phone.normalize`. */
function namespaces(functions: Documented[]): Group[] {
  const files = [...new Set(functions.map(({ file }) => file))];
  return files.map(file => ({
    title: `Functions of ${file}`,
    operations: functions
      .filter(described => described.file === file)
      .map(described => ({ ...described, name: `${file}.${described.name}` })),
  }));
}

const index = ({ title, operations }: Group): string[] => [
  `**${linkTo(title)}**`,
  table(
    ['Operation', 'What it does'],
    operations.map(operation => [
      linkTo(operation.name, code(signature(operation))),
      firstSentence(operation.description),
    ]),
  ),
];

const signature = ({ name, params }: Documented): string =>
  `${name}(${params.map(param => param.name).join(', ')})`;

const firstSentence = (text: string): string =>
  /^.*?[.!?](?=\s|$)/s.exec(text)?.[0] ?? text;

const commonNames = (names: string[]): string | undefined =>
  names.length > 0
    ? `From [language-common](https://docs.openfn.org/adaptors/packages/common-docs): ${names.map(code).join(', ')}.`
    : undefined;

const section = (operation: Documented, linkType: LinkType): string[] => [
  `### ${operation.name}`,
  operation.description,
  codeBlock('js', signature(operation)),
  items('Parameter', operation.params, linkType),
  leaves(operation.state, linkType),
  ...operation.examples.flatMap(example => [
    `**${example.caption}**`,
    codeBlock('js', example.code),
  ]),
  ...operation.links.map(link => `[Meta's documentation](${link})`),
];

/** `@state {Typedef}` is a link, `@state key - text` a line of a list. */
function leaves(state: string[], linkType: LinkType): string {
  const lines = state.map(text => {
    const [, name, key, what] = /^\{(\w+)\}|^(\w+) - (.*)$/s.exec(text) ?? [];
    return name ? `- ${linkType(name)}` : `- ${code(key ?? text)}: ${what}`;
  });
  return lines.length > 0 ? ['Leaves on state:', '', ...lines].join('\n') : '';
}

const typedefSection = (typedef: Typedef, linkType: LinkType): string[] => [
  `### ${typedef.name}`,
  typedef.description,
  items('Property', typedef.items, linkType),
];

const items = (noun: string, rows: Item[], linkType: LinkType): string =>
  table(
    [noun, 'Type', 'Description'],
    rows.map(({ name, types, description }) => [
      code(name),
      types.map(linkType).join(' or '),
      description,
    ]),
  );
