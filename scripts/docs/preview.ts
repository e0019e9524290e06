// How a message looks on a phone, drawn with characters.

/** The parts of messages that a phone shows. */
type Content = {
  body?: string | Text;
  caption?: string;
  filename?: string;
  emoji?: string;
  type?: string;
  name?: string;
  address?: string;
  latitude?: number | string;
  longitude?: number | string;
  language?: { code: string };
  components?: { type: string; parameters?: Parameter[] }[];
  header?: { type: string; text?: string };
  footer?: Text;
  action?: Action;
};
type Text = { text: string };
type Parameter = {
  type: string;
  text?: string;
  date_time?: { fallback_value: string };
  currency?: { fallback_value: string };
};
type Action = {
  name?: string;
  button?: string;
  buttons?: { [form: string]: { title: string } | undefined }[];
  parameters?: { display_text?: string; flow_cta?: string };
  cards?: Content[];
};
type Contact = { name: { formatted_name: string } };

/** Lines of text, and what can be tapped below them. */
type Preview = { lines: (string | undefined)[]; buttons?: string[] };

const WIDTH = 38;

/** A box with what a person sees of a message of this kind. */
export function preview(kind: string, content: unknown): string {
  const { lines, buttons = [] }: Preview = DRAWN[kind]?.(
    content as Content,
  ) ?? { lines: [`(${kind})`] };
  const bar = (left: string, right: string) => left + '─'.repeat(WIDTH) + right;
  return [
    bar('┌', '┐'),
    ...lines.flatMap(line => (line ? wrap(line) : [])).map(inBox),
    ...buttons.flatMap(button => [bar('├', '┤'), inBox(centered(button))]),
    bar('└', '┘'),
  ].join('\n');
}

const inBox = (text: string): string => `│ ${text.padEnd(WIDTH - 2)} │`;

const centered = (text: string): string =>
  ' '.repeat(Math.max(0, (WIDTH - 2 - text.length) >> 1)) + text;

/** Breaks a text between words. */
function wrap(text: string): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = `${lines.at(-1)} ${word}`.trimStart();
    if (line.length <= WIDTH - 2) lines[lines.length - 1] = line;
    else lines.push(word);
  }
  return lines;
}

const media =
  (name: string) =>
  ({ caption, filename }: Content): Preview => ({
    lines: [`(${name})`, filename, caption],
  });

const DRAWN: Record<string, (content: Content) => Preview> = {
  text: ({ body }) => ({ lines: [body as string] }),
  image: media('picture'),
  video: media('video'),
  audio: media('sound'),
  sticker: media('sticker'),
  document: media('file'),
  location: ({ name, address, latitude, longitude }) => ({
    lines: ['(map)', name ?? `${latitude}, ${longitude}`, address],
  }),
  contacts: content => ({
    lines: (content as Contact[]).map(({ name }) => name.formatted_name),
    buttons: ['Message'],
  }),
  interactive: content => interactive(content),
  reaction: ({ emoji }) => ({ lines: [`${emoji} below the message`] }),
  pin: () => ({ lines: ['(a pin on the message)'] }),
  template: ({ name, language, components = [] }) => ({
    lines: [
      `${name} (${language?.code})`,
      ...components.flatMap(({ type, parameters = [] }) =>
        type === 'body' ? parameters.map(value) : [],
      ),
    ],
  }),
};

const value = (
  { type, text, date_time, currency }: Parameter,
  index: number,
): string =>
  `{{${index + 1}}} ${text ?? (date_time ?? currency)?.fallback_value ?? `(${type})`}`;

function interactive({ header, body, footer, action = {} }: Content): Preview {
  return {
    lines: [
      header && (header.text ?? `(${header.type})`),
      (body as Text | undefined)?.text,
      footer?.text,
      ...(action.cards ?? []).map(cardLine),
    ],
    buttons: buttonsOf(action),
  };
}

const cardLine = ({ body, action = {} }: Content, index: number): string =>
  [
    `${index + 1}.`,
    (body as Text | undefined)?.text,
    ...buttonsOf(action).map(title => `[${title}]`),
  ]
    .filter(Boolean)
    .join(' ');

/** Titles that the phone chooses, in English. */
const TITLES: Record<string, string> = {
  address_message: 'Provide address',
  call_permission_request: 'Choose preference',
  catalog_message: 'View catalog',
  request_contact_info: 'Share contact info',
  review_and_pay: 'Review and pay',
  review_order: 'View order',
  send_location: 'Send location',
};

function buttonsOf({
  name = '',
  button,
  buttons,
  parameters,
}: Action): string[] {
  if (buttons)
    return buttons.map(
      each => (each['reply'] ?? each['quick_reply'])?.title ?? '',
    );
  const title =
    button ?? parameters?.display_text ?? parameters?.flow_cta ?? TITLES[name];
  return title === undefined ? [] : [title];
}
