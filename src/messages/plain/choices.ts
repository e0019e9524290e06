import { refuse } from '../../core/errors';
import { readOptions } from '../../core/options';
import { isObject } from '../../core/values';
import type { Names } from '../../schema/check';
import type { InteractiveOptions, ListOptions } from '../../types';
import type { OutgoingMessage } from '../envelope';
import {
  isBlank,
  readFields,
  readLabel,
  readList,
  readOptionalLabel,
} from './fields';
import { buildInteractive, interactiveOptions } from './interactive';

const BUTTON_NAMES: Names = {
  'action.buttons[].reply': 'buttons[]',
  'action.buttons': 'buttons',
};

/** A message with buttons to reply with: titles, or `{ id, title }`. */
export function buildButtons(
  to: unknown,
  body: unknown,
  buttons: unknown,
  given?: unknown,
): OutgoingMessage {
  const options = readOptions<InteractiveOptions>(given, interactiveOptions);
  const action = { buttons: readList(buttons, 'buttons').map(readButton) };
  return buildInteractive(to, 'button', body, action, options, BUTTON_NAMES);
}

const readButton = (button: unknown, index: number) => ({
  type: 'reply',
  reply: readChoice(button, `buttons[${index}]`),
});

const listOptions = [...interactiveOptions, 'button'];

const DEFAULT_BUTTON = 'Options';

const ROW_NAMES: Names = {
  'action.button': 'button',
  'action.sections[].rows': 'rows',
  'action.sections': 'rows',
};

const SECTION_NAMES: Names = {
  'action.button': 'button',
  'action.sections': 'rows',
};

/** A message with a list to choose from: titles, rows or sections of rows. */
export function buildList(
  to: unknown,
  body: unknown,
  rows: unknown,
  given?: unknown,
): OutgoingMessage {
  const options = readOptions<ListOptions>(given, listOptions);
  const items = readList(rows, 'rows');
  const isInSections = items.some(isSection);
  const action = {
    button: isBlank(options.button) ? DEFAULT_BUTTON : options.button,
    sections: isInSections
      ? items.map(readSection)
      : [{ rows: items.map((row, index) => readRow(row, `rows[${index}]`)) }],
  };
  const names = isInSections ? SECTION_NAMES : ROW_NAMES;
  return buildInteractive(to, 'list', body, action, options, names);
}

const isSection = (item: unknown) =>
  isObject(item) && item['rows'] !== undefined;

function readSection(section: unknown, index: number) {
  const at = `rows[${index}]`;
  if (!isSection(section)) {
    return refuse(
      'INVALID_MESSAGE',
      `${at} is no section, though others are.`,
      'Give rows only, or put each row into a section { title, rows }.',
    );
  }
  const fields = readFields(section, at, ['title', 'rows']);
  const title = readOptionalLabel(fields.title, `${at}.title`);
  const rows = readList(fields.rows, `${at}.rows`);
  return {
    ...(title !== undefined && { title }),
    rows: rows.map((row, nth) => readRow(row, `${at}.rows[${nth}]`)),
  };
}

function readRow(row: unknown, at: string) {
  const choice = readChoice(row, at, ['id', 'title', 'description']);
  const given = isObject(row) ? row['description'] : undefined;
  const description = readOptionalLabel(given, `${at}.description`);
  return { ...choice, ...(description !== undefined && { description }) };
}

const CHOICE_FIELDS = ['id', 'title'];

/** Something to choose: its title, or an object with it. Without an ID of its own, its title comes back. */
function readChoice(
  choice: unknown,
  at: string,
  known: readonly string[] = CHOICE_FIELDS,
): { id: string; title: string } {
  if (!isObject(choice)) {
    const title = readLabel(choice, at);
    return { id: title, title };
  }
  const fields = readFields(choice, at, known);
  const title = readLabel(fields['title'], `${at}.title`);
  const given = fields['id'];
  return { id: isBlank(given) ? title : readLabel(given, `${at}.id`), title };
}
