import type { WebhookEvents } from '../../src/types';
import { code, codeBlock, linkTo, page, table } from './markdown';
import { readTypes } from './types';
import { pick, readExamples, resultOf } from './webhook-examples';
import type { Example } from './webhook-examples';

const TYPES = 'src/types.ts';

type List = keyof WebhookEvents;

/** A list of the result: its title, the type of its events, and the table of what comes in it. */
type Chapter = {
  list: List;
  title: string;
  event: string;
  contents?: string;
  /** What an event is called in that table. */
  kindOf?: (event: Record<string, unknown>) => unknown;
};

const CHAPTERS: Chapter[] = [
  {
    list: 'messages',
    title: 'Message',
    event: 'InboundMessage',
    contents: 'InboundContents',
    kindOf: ({ type }) => type,
  },
  {
    list: 'notices',
    title: 'Notice',
    event: 'Notice',
    contents: 'NoticeContents',
    kindOf: ({ type }) => type,
  },
  {
    list: 'statuses',
    title: 'Status',
    event: 'MessageStatus',
    contents: 'StatusContents',
    kindOf: ({ status }) => status,
  },
  {
    list: 'calls',
    title: 'Call',
    event: 'CallEvent',
    contents: 'CallContents',
    kindOf: ({ event, status }) => event ?? status,
  },
  {
    list: 'account',
    title: 'Account',
    event: 'AccountEvent',
    contents: 'AccountContents',
    kindOf: ({ field }) => field,
  },
  { list: 'unknown', title: 'Unknown', event: 'UnknownEvent' },
];

/** What a webhook says that stands nowhere in the result but in `raw`, and why. */
export const ONLY_IN_RAW: Record<string, string> = {
  'object, messaging_product': 'the same in every webhook',
  'changes[].field of messages, statuses and calls': 'the list says it',
  'statuses[].type of a call': 'the list says it',
  'messages[].from_logical_id': 'an ID of Meta that nothing takes',
  'calls[].status as a list': "only Meta's documentation shows it so",
  'contacts[] of nobody in the webhook': 'nothing tells whose it is',
  'entry[].time beside a timestamp of the item': 'when the webhook was made',
};

/** The page on webhooks: what arrives, and what becomes of it. */
export function webhooksPage(path: string): Promise<string> {
  const types = readTypes(TYPES);
  const lists = new Map(
    types.properties('WebhookEvents').map(({ name, says }) => [name, says]),
  );
  const examples = readExamples();
  return page(path, [
    '# Webhooks',
    'What `parseWebhook` and `webhook.parse` leave of a webhook from Meta: six lists, in which each event stands once, however many entries, changes and items the webhook has.',
    table(
      ['List', 'What is in it'],
      CHAPTERS.map(({ list, title }) => [
        linkTo(headingOf(title), code(list)),
        lists.get(list) ?? '',
      ]),
    ),
    'A field is missing when Meta tells nothing of it. Times are ISO texts in UTC. Under each kind stand the fields of its own, an example as Meta sends it, and what becomes of it; `raw`, which holds the item exactly as it came, is left out there.',
    ...CHAPTERS.flatMap(chapter => chapterOf(chapter, types, examples)),
    '## Only in raw',
    'Whatever else a webhook says stands in the fields above, too. This does not:',
    table(
      ['What', 'Why'],
      Object.entries(ONLY_IN_RAW).map(([what, why]) => [code(what), why]),
    ),
  ]);
}

const headingOf = (title: string): string => `${title} events`;

function chapterOf(
  { list, title, event, contents, kindOf }: Chapter,
  types: ReturnType<typeof readTypes>,
  examples: Example[],
): string[] {
  const mine = examples.filter(one => one.list === list);
  const head = [
    `## ${headingOf(title)}`,
    types.says(event),
    table(['Field', 'Type', 'Meaning'], types.rows(event).map(asRow)),
  ];
  if (contents === undefined || kindOf === undefined) {
    return [...head, ...mine.slice(0, 1).flatMap(showExample)];
  }
  const kinds = types.properties(contents);
  return [
    ...head,
    types.says(contents),
    table(
      ['Kind', 'What it is'],
      kinds.map(({ name, says }) => [
        linkTo(`${title} ${name}`, code(name)),
        says,
      ]),
    ),
    ...kinds.flatMap(({ name, says, type }) => [
      `### ${title} ${name}`,
      says,
      fields(types.rowsIn(type)),
      ...pick(mine.filter(one => kindOf(one.event) === name)).flatMap(
        showExample,
      ),
    ]),
  ];
}

const asRow = ([name = '', ...rest]: string[]): string[] => [
  code(name),
  ...rest,
];

const fields = (rows: string[][]): string =>
  rows.length > 0 ? table(['Field', 'Type', 'Meaning'], rows.map(asRow)) : '';

const showExample = ({ payload }: Example): string[] => [
  'Meta sends:',
  codeBlock('json', JSON.stringify(payload)),
  'It becomes:',
  codeBlock('json', JSON.stringify(resultOf(payload))),
];
