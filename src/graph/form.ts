import { checkText, toJson } from '../schema/check';
import { refuse } from '../core/errors';
import { isObject, nameOf } from '../core/values';
import { contentOfBytes, contentOfPieces, isStream, piecesOf } from './content';
import type { Content, Piece } from './content';
import type { Part } from './multipart';

/** The fields and files of a raw request, as the parts of a form. */
export function readForm(form: unknown, files: unknown): Part[] {
  return [
    ...entriesOf(form, 'form').map(([name, value]) => fieldOf(name, value)),
    ...listOf(files).map((file, index) => readFile(file, `files[${index}]`)),
  ];
}

/** The fields beside a file, as the parts of a form; one with a filename is a small file of its own. */
export const readFields = (fields: unknown): Part[] =>
  entriesOf(fields, 'fields').map(([name, value]) =>
    isObject(value) && 'filename' in value && 'content' in value
      ? readFile({ ...value, name }, 'A file in fields')
      : fieldOf(name, value),
  );

/** What an object of fields holds, without what is not there. */
function entriesOf(fields: unknown, option: string): [string, unknown][] {
  if (fields === undefined || fields === null) return [];
  if (isObject(fields)) {
    return Object.entries(fields).filter(
      ([, value]) => value !== undefined && value !== null,
    );
  }
  return refuse(
    'INVALID_OPTIONS',
    `The option ${option} is ${nameOf(fields)}, not an object.`,
    'Write the fields as { name: value }.',
  );
}

function listOf(files: unknown): unknown[] {
  if (files === undefined || files === null) return [];
  return Array.isArray(files) ? (files as unknown[]) : [files];
}

/** A field: text as it is, numbers, booleans and dates as text, lists and objects as JSON. */
function fieldOf(name: string, value: unknown): Part {
  if (typeof value === 'object') {
    const json = toJson(value);
    // A date is written in quotes, which no receiver takes for a date.
    const written: unknown = JSON.parse(json);
    return { name, value: typeof written === 'string' ? written : json };
  }
  if (typeof value !== 'symbol' && typeof value !== 'function') {
    return { name, value: String(value) };
  }
  return refuse(
    'INVALID_OPTIONS',
    `A field of the form is ${nameOf(value)}.`,
    'Give text, a number, a boolean, or a list or an object that JSON can hold.',
  );
}

function readFile(file: unknown, at: string): Part {
  if (!isObject(file) || typeof file['name'] !== 'string') {
    return refuseFile(`${at} is no file`);
  }
  const { name, filename } = file;
  // A download leaves it as mimeType.
  const type = file['type'] ?? file['mimeType'] ?? 'application/octet-stream';
  if (filename !== undefined && typeof filename !== 'string') {
    return refuseFile(`The filename of ${at} is ${nameOf(filename)}`);
  }
  // A line break would let the type write further headers.
  if (typeof type !== 'string' || !/^[\x20-\x7e]*$/.test(type)) {
    return refuseFile(`The type of ${at} is no MIME type`);
  }
  const content = readContent(file['content'], at);
  return { name, filename: filename ?? name, type, content };
}

function readContent(content: unknown, at: string): Content {
  if (Buffer.isBuffer(content)) return contentOfBytes(content);
  if (typeof content === 'string') {
    checkText(content);
    return contentOfBytes(Buffer.from(content));
  }
  if (isStream(content)) return contentOfPieces(bytesOf(content));
  return refuse(
    'INVALID_OPTIONS',
    `The content of ${at} is ${nameOf(content)}.`,
    "Give a Buffer, a stream or text; for base64 write Buffer.from(text, 'base64').",
  );
}

const refuseFile = (description: string) =>
  refuse(
    'INVALID_OPTIONS',
    `${description}.`,
    "Write it as { name: 'file', content, filename: 'form.pdf', type: 'application/pdf' }.",
  );

/** The pieces of a stream, which may be text, or written as text; large ones are cut. */
export async function* bytesOf(
  stream: AsyncIterable<unknown> & { readableEncoding?: BufferEncoding | null },
): AsyncGenerator<Piece> {
  for await (const piece of stream) {
    if (typeof piece === 'string') {
      yield* piecesOf(Buffer.from(piece, stream.readableEncoding ?? 'utf8'));
    } else if (ArrayBuffer.isView(piece)) {
      const { buffer, byteOffset, byteLength } = piece;
      yield* piecesOf(Buffer.from(buffer, byteOffset, byteLength));
    } else refuseStream();
  }
}

const refuseStream = () =>
  refuse(
    'INVALID_FILE',
    'The stream of a file gives objects instead of bytes.',
    'Give a stream of bytes, as createReadStream makes it.',
  );
