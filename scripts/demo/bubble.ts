import boxen from 'boxen';
import type { Entry } from '../../simulator/src/index';

const WIDTH = 48;

/** The parts of messages that a phone shows, as far as the demo sends them. */
type Content = {
  body?: string & { text: string };
  name?: string;
  language?: { code: string };
  components?: { parameters?: { text?: string }[] }[];
  address?: string;
  latitude?: number;
  longitude?: number;
  action?: { buttons?: { reply: { title: string } }[] };
};

/** A message as it would look in a chat, with its ID below. */
export function bubble(entry: Entry): string {
  const { message, id, type } = entry;
  const content = message[type] as Content;
  const drawn = Object.hasOwn(draw, type) ? draw[type]?.(content) : undefined;
  const text = drawn ?? JSON.stringify(content);
  const box = boxen(text, {
    borderStyle: 'classic',
    padding: { left: 1, right: 1 },
    title: type,
    width: WIDTH,
  });
  return `${box}\n  ${id}\n`;
}

const draw: Record<string, (content: Content) => string> = {
  text: ({ body }) => body ?? '',
  template: ({ name, language, components = [] }) =>
    [
      `${name} (${language?.code})`,
      ...components
        .flatMap(({ parameters = [] }) => parameters)
        .map(({ text }, index) => `{{${index + 1}}} ${text}`),
    ].join('\n'),
  location: ({ name, address, latitude, longitude }) =>
    [name, address, `${latitude}, ${longitude}`].filter(Boolean).join('\n'),
  interactive: ({ body, action }) =>
    [body?.text, action?.buttons?.map(button).join('  ')]
      .filter(Boolean)
      .join('\n\n'),
};

const button = ({ reply }: { reply: { title: string } }) =>
  `[ ${reply.title} ]`;
