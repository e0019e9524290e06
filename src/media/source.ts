import { isStream } from '../graph/content';
import { refuse } from '../core/errors';
import { isObject, nameOf } from '../core/values';
import { readAddress } from '../graph/address';

/** Where the bytes of a file come from. */
export type Source =
  { bytes: Buffer } | { stream: AsyncIterable<unknown> } | { url: URL };

/** A file as a job gives it. */
export type GivenFile = {
  source: Source;
  filename?: string | undefined;
  type?: string | undefined;
};

/** Fields of a file; the later ones are what a download leaves, or a webhook brings. */
const FIELDS = [
  'content',
  'filename',
  'type',
  'mimeType',
  'mime_type',
  'id',
  'fileSize',
  'sha256',
  'verified',
];

/** A Buffer, a stream, base64, a data URI, an https URL, or an object with one of them as `content`. */
export function readFile(given: unknown, at = 'file'): GivenFile {
  if (!hasContent(given)) return readSource(given, at);
  checkFields(given, at);
  const { content, filename, type, mimeType, mime_type, fileSize } = given;
  const file = isTextOf(content, fileSize)
    ? { source: { bytes: Buffer.from(content) } }
    : readSource(content, `The content of ${at}`);
  return {
    ...file,
    ...withText(at, 'filename', filename),
    ...withText(at, 'type', type ?? mimeType ?? mime_type),
  };
}

/** Whether a value is an object with the content of a file in it. */
export const hasContent = (value: unknown): value is Record<string, unknown> =>
  isObject(value) && !isStream(value) && 'content' in value;

/** Whether a value can be nothing but the bytes of a file, and no ID or link. */
export const isFile = (value: unknown): boolean =>
  hasContent(value) ||
  Buffer.isBuffer(value) ||
  isStream(value) ||
  isSavedBuffer(value) ||
  (typeof value === 'string' && /^data:/i.test(value));

function readSource(given: unknown, at: string): GivenFile {
  if (Buffer.isBuffer(given)) return { source: { bytes: given } };
  if (isStream(given)) return { source: { stream: given } };
  if (isSavedBuffer(given))
    return { source: { bytes: Buffer.from(given.data) } };
  if (typeof given === 'string' && given !== '') return readText(given, at);
  return refuse(
    'INVALID_FILE',
    `${at} is ${nameOf(given)}.`,
    'Give a Buffer, a stream, base64, a data URI or an https URL, or { content, filename, type } with one of them.',
  );
}

function readText(text: string, at: string): GivenFile {
  if (/^data:/i.test(text)) {
    const { bytes, type } = decodeDataUri(text, at);
    return { source: { bytes }, type };
  }
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(text)) {
    return { source: { url: readAddress(text, at) } };
  }
  return { source: { bytes: decodeBase64(text, at) } };
}

/** A Buffer that went from step to step as JSON. */
const isSavedBuffer = (value: unknown): value is { data: number[] } =>
  isObject(value) && value['type'] === 'Buffer' && Array.isArray(value['data']);

/** A download as text, with or without its mark: base64 is always longer than the bytes that it stands for. */
const isTextOf = (content: unknown, fileSize: unknown): content is string =>
  typeof content === 'string' &&
  typeof fileSize === 'number' &&
  [0, BYTE_ORDER_MARK].includes(fileSize - Buffer.byteLength(content));

const BYTE_ORDER_MARK = Buffer.byteLength('\ufeff');

function checkFields(given: Record<string, unknown>, at: string): void {
  const unknown = Object.keys(given).find(name => !FIELDS.includes(name));
  if (unknown === undefined) return;
  refuse(
    'INVALID_FILE',
    `${at} has a field that no file has.`,
    'Its fields are content, filename and type; a caption is an option.',
  );
}

function withText(at: string, name: 'filename' | 'type', value: unknown) {
  if (value === undefined || value === null || value === '') return {};
  if (typeof value === 'string') return { [name]: value };
  return refuse(
    'INVALID_FILE',
    `The ${name} of ${at} is ${nameOf(value)}; it must be text.`,
    `Give the ${name} as text, or leave it out.`,
  );
}

/** The bytes of base64, in either alphabet, with or without line breaks. */
export function decodeBase64(text: string, at: string): Buffer {
  if (/^\d{5,20}$/.test(text)) {
    return refuse(
      'INVALID_FILE',
      `${at} looks like the ID of a media, not like base64.`,
      'A media that has an ID is uploaded already: send it by its ID.',
    );
  }
  if (/[^\w+/=\s-]/.test(text))
    return refuseText(at, 'is text that is not base64');
  const digits = /\s/.test(text) ? text.replace(/\s/g, '') : text;
  const [, padding = ''] = /[^=](=*)$/.exec(digits.slice(-4)) ?? [];
  const length = digits.length - padding.length;
  const bytes = Buffer.from(digits, 'base64');
  // Decoding stops at a sign that is out of place; the length tells.
  const isWhole = bytes.length === Math.floor((length * 3) / 4);
  if (isWhole && length % 4 !== 1) return bytes;
  return refuseText(at, 'is base64 that was cut off or put together');
}

/** What a data URI holds: `data:image/png;base64,…`. */
export function decodeDataUri(text: string, at: string) {
  const comma = text.indexOf(',');
  const [type, ...parameters] = text.slice('data:'.length, comma).split(';');
  if (comma < 0 || comma > 1000) return refuseText(at, 'is no data URI');
  const data = text.slice(comma + 1);
  const isBase64 = parameters.at(-1)?.trim().toLowerCase() === 'base64';
  const bytes = isBase64
    ? decodeBase64(decodePercent(data), at)
    : Buffer.from(
        decodePercent(Buffer.from(data).toString('latin1')),
        'latin1',
      );
  return { bytes, type: type === '' ? 'text/plain' : type };
}

/** Puts a byte, as a character, for its percent; one that encodes nothing stands for itself. */
const decodePercent = (text: string): string =>
  text.replace(/%([\da-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );

const refuseText = (at: string, wrong: string) =>
  refuse(
    'INVALID_FILE',
    `${at} ${wrong}.`,
    'Give base64, a data URI, an https URL, a Buffer or a stream; for plain text write Buffer.from(text). A path cannot be read: a job has no files.',
  );
