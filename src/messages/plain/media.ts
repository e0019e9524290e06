import type { Names } from '../../schema/describe-issue';
import { refuse } from '../../core/errors';
import { isBlank, isObject, nameOf } from '../../core/values';
import { listFields } from '../../schema/fields';
import type { MediaOptions } from '../../types';
import { catalog } from '../catalog';
import { buildPlainMessage } from '../message';
import { sendOptions } from '../send-options';
import type { OutgoingMessage } from '../message';
import { readOptions } from '../../core/arguments';

const TYPES = ['image', 'audio', 'video', 'document', 'sticker'] as const;

/** The kinds of message that are a media. */
type MediaType = (typeof TYPES)[number];

/** Options that become a field of the media. */
const FIELDS = ['caption', 'filename', 'voice'] as const;

const optionNames = [...sendOptions, ...FIELDS];

/** Which of them a kind takes, its schema knows. */
const ALLOWED_FIELDS = new Map(
  TYPES.map(type => {
    const names = listFields(catalog[type].schema).map(({ path }) =>
      path.join(),
    );
    return [type, FIELDS.filter(name => names.includes(name))] as const;
  }),
);

/** A message with a media: an ID, an https link, or Meta's object with one of them. */
export function buildMedia(
  to: unknown,
  type: unknown,
  media: unknown,
  rawOptions?: unknown,
): OutgoingMessage {
  const options = readOptions<MediaOptions>(rawOptions, optionNames);
  const kind = readMediaType(type);
  const content = { ...readSource(media), ...readMediaFields(kind, options) };
  return buildPlainMessage(to, kind, content, options, namesFor(media));
}

function readMediaType(type: unknown): MediaType {
  const mediaType = TYPES.find(name => name === type);
  if (mediaType) return mediaType;
  return refuse(
    'INVALID_MESSAGE',
    `The type is ${typeof type === 'string' ? 'none of a media' : nameOf(type)}.`,
    `Use one of ${TYPES.join(', ')}.`,
  );
}

/** An upload that was made just before hands over its ID here, too. */
function readSource(media: unknown): object {
  if (isObject(media)) return media;
  if (typeof media === 'string') {
    return /^https?:/i.test(media) ? { link: media } : { id: media };
  }
  if (Number.isSafeInteger(media)) return { id: String(media) };
  return refuse(
    'INVALID_MESSAGE',
    typeof media === 'number'
      ? 'media is a number that has lost digits.'
      : `media is ${nameOf(media)}; it must be an ID or a link.`,
    'Give the ID of an upload as text, an https link, or { id } or { link }.',
  );
}

function readMediaFields(kind: MediaType, options: MediaOptions) {
  const names = FIELDS.filter(name => !isBlank(options[name]));
  const unknownName = names.find(
    name => !ALLOWED_FIELDS.get(kind)?.includes(name),
  );
  if (unknownName !== undefined) {
    return refuse(
      'INVALID_OPTIONS',
      `The option ${unknownName} does not go with the type ${kind}.`,
      unknownName === 'caption'
        ? 'Leave it out, and send its text as a message.'
        : 'Leave it out.',
    );
  }
  return Object.fromEntries(names.map(name => [name, options[name]]));
}

/** A media is named as it was given: an object by its fields, an ID or a link as a whole. */
const namesFor = (media: unknown): Names => ({
  ...Object.fromEntries(FIELDS.map(name => [name, name])),
  ...(!isObject(media) && { id: 'media', link: 'media' }),
  '': 'media',
});
