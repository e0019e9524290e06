import type { InboundContents } from '../types';
import { ownOf } from '../core/values';
import { asObject, asText } from './fields';
import type { Fields } from './fields';
import { parseFlow } from './flow';

/** What a job wants to know of a message, whatever its kind. */
export type Content = {
  text: string | undefined;
  replyId: string | undefined;
  mediaId: string | undefined;
  flow: unknown;
};

type Reader = (own: Fields) => { [K in keyof Content]?: unknown };

const readMedia: Reader = ({ id, caption }) => ({ text: caption, mediaId: id });

const readNothing: Reader = () => ({});

const KINDS: Record<keyof InboundContents, Reader> = {
  text: ({ body }) => ({ text: body }),
  image: readMedia,
  video: readMedia,
  audio: readMedia,
  voice: readMedia,
  document: readMedia,
  sticker: readMedia,
  location: readNothing,
  contacts: readNothing,
  reaction: ({ emoji }) => ({ text: emoji }),
  button: ({ text, payload }) => ({ text, replyId: payload }),
  interactive: readInteractive,
  order: ({ text }) => ({ text }),
  request_welcome: readNothing,
  unsupported: readNothing,
};

// A Map, because a type named `constructor` must find nothing.
const READERS: ReadonlyMap<string, Reader> = new Map(Object.entries(KINDS));

/** The person's words, choice, file or form in a message; of an edit, in the new version. */
export function readContent(message: Fields): Content {
  const edited = message['type'] === 'edit' && asObject(message['edit']);
  const current = edited ? (asObject(edited['message']) ?? {}) : message;
  const type = asText(current['type']) ?? '';
  const own = asObject(ownOf(current, type)) ?? {};
  const { text, replyId, mediaId, flow } = READERS.get(type)?.(own) ?? {};
  return {
    text: asText(text),
    replyId: asText(replyId),
    mediaId: asText(mediaId),
    flow,
  };
}

/** A tapped button, a chosen row or a filled form: each under the name of its type. */
function readInteractive(interactive: Fields): ReturnType<Reader> {
  const reply =
    asObject(ownOf(interactive, asText(interactive['type']) ?? '')) ?? {};
  return {
    text: reply['title'] ?? reply['body'],
    replyId: reply['id'],
    flow: parseFlow(reply['response_json']),
  };
}
