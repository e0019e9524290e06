import { readFields, readLabel, readList, readOptionalLabel } from './fields';
import type { Names } from '../../schema/describe-issue';
import { refuse } from '../../core/errors';
import { isBlank, isObject, nameOf, withoutNulls } from '../../core/values';
import { readOptions } from '../../core/arguments';
import type { InteractiveOptions, ListOptions } from '../../types';
import { buildPlainMessage } from '../message';
import type { OutgoingMessage } from '../message';
import { sendOptions } from '../send-options';

/** Options of every plain interactive message. */
const interactiveOptions = [...sendOptions, 'header', 'footer'];

/** An interactive message of a plain body, header and footer, and an action. */
function buildInteractive(
  to: unknown,
  type: string,
  body: unknown,
  action: object,
  options: InteractiveOptions,
  names: Names = {},
): OutgoingMessage {
  const header = readHeader(options.header);
  const { footer } = options;
  const content = {
    type,
    ...(header && { header }),
    body: { text: body },
    ...(!isBlank(footer) && { footer: { text: footer } }),
    action,
  };
  const partNames: Names = {
    [typeof options.header === 'string' ? 'header.text' : 'header']: 'header',
    'body.text': 'body',
    'footer.text': 'footer',
  };
  return buildPlainMessage(to, 'interactive', content, options, {
    ...partNames,
    ...names,
  });
}

/** Meta's header object of a text; or that object itself, as given. */
function readHeader(header: unknown): object | undefined {
  if (isBlank(header)) return undefined;
  if (typeof header === 'string') return { type: 'text', text: header };
  if (isObject(header)) return header;
  return refuse(
    'INVALID_MESSAGE',
    `header is ${nameOf(header)}; it must be text or an object.`,
    "Give a text, or Meta's header object, such as { type: 'image', image: { id: '…' } }.",
  );
}

/** A message with a button that opens an address. */
export function buildUrlButton(
  to: unknown,
  body: unknown,
  button: unknown,
  rawOptions?: unknown,
): OutgoingMessage {
  const options = readOptions<InteractiveOptions>(
    rawOptions,
    interactiveOptions,
  );
  const action = { name: 'cta_url', parameters: button };
  const names = { 'action.parameters': 'button' };
  return buildInteractive(to, 'cta_url', body, action, options, names);
}

const FLOW_VERSION = '3';

/** A message with a button that opens a flow; `flow` has Meta's parameters. */
export function buildFlow(
  to: unknown,
  body: unknown,
  flow: unknown,
  rawOptions?: unknown,
): OutgoingMessage {
  const options = readOptions<InteractiveOptions>(
    rawOptions,
    interactiveOptions,
  );
  const parameters = isObject(flow)
    ? { flow_message_version: FLOW_VERSION, ...withoutNulls(flow) }
    : flow;
  const action = { name: 'flow', parameters };
  const names = { 'action.parameters': 'flow' };
  return buildInteractive(to, 'flow', body, action, options, names);
}

/** A message with a button to send back where one is. */
export function buildLocationRequest(
  to: unknown,
  body: unknown,
  rawOptions?: unknown,
): OutgoingMessage {
  const options = readOptions<InteractiveOptions>(
    rawOptions,
    interactiveOptions,
  );
  const action = { name: 'send_location' };
  return buildInteractive(
    to,
    'location_request_message',
    body,
    action,
    options,
  );
}

const BUTTON_NAMES: Names = {
  'action.buttons[].reply': 'buttons[]',
  'action.buttons': 'buttons',
};

/** A message with buttons to reply with: titles, or `{ id, title }`. */
export function buildButtons(
  to: unknown,
  body: unknown,
  buttons: unknown,
  rawOptions?: unknown,
): OutgoingMessage {
  const options = readOptions<InteractiveOptions>(
    rawOptions,
    interactiveOptions,
  );
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
  rawOptions?: unknown,
): OutgoingMessage {
  const options = readOptions<ListOptions>(rawOptions, listOptions);
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
  const text = isObject(row) ? row['description'] : undefined;
  const description = readOptionalLabel(text, `${at}.description`);
  return { ...choice, ...(description !== undefined && { description }) };
}

const CHOICE_FIELDS = ['id', 'title'];

/** Something to choose: its title, or an object with it. Without an ID of its own, its title comes back. */
function readChoice(
  choice: unknown,
  at: string,
  names: readonly string[] = CHOICE_FIELDS,
): { id: string; title: string } {
  if (!isObject(choice)) {
    const title = readLabel(choice, at);
    return { id: title, title };
  }
  const fields = readFields(choice, at, names);
  const title = readLabel(fields['title'], `${at}.title`);
  const id = fields['id'];
  return { id: isBlank(id) ? title : readLabel(id, `${at}.id`), title };
}
