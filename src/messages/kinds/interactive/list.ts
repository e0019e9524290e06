import { maxInAll, titledSections, unique } from '../../../schema/constraints';
import {
  list as listOf,
  object,
  oneOf,
  optional,
  text,
  withRules,
} from '../../../schema/rules';
import type { Rule } from '../../../schema/rules';
import { defineKind } from '../kind';
import { LIMITS } from '../limits';
import {
  body,
  choiceId,
  commonFieldsWithoutHeader,
  label,
  textHeader,
} from '../fields';

const { list: limits } = LIMITS;

type Row = { id: string };
type Section = { rows: readonly Row[] };

const rowIds = unique('row id', (row: Row) => row.id);

const distinctRows: Rule = {
  ...rowIds,
  isValid: (sections: readonly Section[]) =>
    rowIds.isValid(sections.flatMap(({ rows }) => rows) as never),
};

const row = object({
  // The title first: in plain rows the ID may be made of it.
  title: label(limits.rowTitle),
  id: choiceId(limits.rowId),
  description: optional(text(limits.rowDescription)),
});

const section = object({
  title: optional(label(limits.sectionTitle)),
  rows: listOf(row, 1, limits.rows),
});

export const list = defineKind({
  summary: 'A button that opens a list of up to ten rows to choose from.',
  link: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-list-messages',
  schema: object({
    type: oneOf('list'),
    header: optional(textHeader()),
    ...commonFieldsWithoutHeader(),
    body: body(limits.body),
    action: object({
      button: label(limits.button),
      sections: withRules(
        listOf(section, 1, limits.sections),
        titledSections,
        maxInAll('rows', 'rows', limits.rows),
        distinctRows,
      ),
    }),
  }),
  examples: [
    {
      type: 'list',
      header: { type: 'text', text: 'Your visit' },
      body: { text: 'When can you come?' },
      footer: { text: 'Health center, River Road' },
      action: {
        button: 'Days',
        sections: [
          {
            title: 'This week',
            rows: [
              { id: 'thu', title: 'Thursday', description: 'From 9 to 12' },
              { id: 'fri', title: 'Friday' },
            ],
          },
          { title: 'Next week', rows: [{ id: 'mon', title: 'Monday' }] },
        ],
      },
    },
    {
      type: 'list',
      body: { text: 'How many children do you have?' },
      action: {
        button: 'Options',
        sections: [
          {
            rows: [
              { id: '1', title: '1' },
              { id: '2', title: '2' },
            ],
          },
        ],
      },
    },
  ],
});
