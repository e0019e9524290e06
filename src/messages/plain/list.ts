import type { ListOptions } from '../../types';
import { refuse } from '../../core/errors';
import { isObject } from '../../core/values';
import type { Outgoing } from '../envelope';
import type { Names } from '../../schema/check';
import { readOptions } from '../../core/options';
import { readChoice } from './choice';
import { isBlank, readFields, readList, readOptionalLabel } from './fields';
import { interactive, interactiveOptions } from './interactive';

const optionNames = [...interactiveOptions, 'button'];

const BUTTON = 'Options';

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
): Outgoing {
  const options = readOptions<ListOptions>(given, optionNames);
  const items = readList(rows, 'rows');
  const isInSections = items.some(isSection);
  const action = {
    button: isBlank(options.button) ? BUTTON : options.button,
    sections: isInSections
      ? items.map(readSection)
      : [{ rows: items.map((row, index) => readRow(row, `rows[${index}]`)) }],
  };
  const names = isInSections ? SECTION_NAMES : ROW_NAMES;
  return interactive(to, 'list', body, action, options, names);
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
