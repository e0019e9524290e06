import { refuse } from '../core/errors';
import { isObject, nameOf } from '../core/values';

/** A file of a multipart request. */
export type FilePart = {
  name: string;
  content: unknown;
  filename?: string | undefined;
  type?: string | undefined;
};

/** The fields and files of a request as form data. */
export async function multipart(
  form: unknown,
  files: unknown,
): Promise<FormData> {
  const data = new FormData();
  for (const [name, value] of Object.entries(fieldsOf(form))) {
    if (value !== undefined && value !== null) data.append(name, asText(value));
  }
  for (const [index, file] of filesOf(files).entries()) {
    const at = `files[${index}]`;
    const { name, content, filename, type } = readFile(file, at);
    const blob = new Blob([await bytesOf(content, at)], { type: type ?? '' });
    data.append(name, blob, filename ?? name);
  }
  return data;
}

function fieldsOf(form: unknown): Record<string, unknown> {
  if (form === undefined || form === null) return {};
  if (isObject(form)) return form;
  return refuse(
    'INVALID_OPTIONS',
    `The option form is ${nameOf(form)}, not an object.`,
    'Write the fields as { name: value }.',
  );
}

function filesOf(files: unknown): unknown[] {
  if (files === undefined || files === null) return [];
  return Array.isArray(files) ? (files as unknown[]) : [files];
}

const asText = (value: unknown) =>
  typeof value === 'object' ? JSON.stringify(value) : String(value);

function readFile(file: unknown, at: string): FilePart {
  if (isObject(file) && typeof file['name'] === 'string' && 'content' in file) {
    return file as FilePart;
  }
  return refuse(
    'INVALID_OPTIONS',
    `${at} is no file.`,
    "Write it as { name: 'file', content, filename: 'form.pdf', type: 'application/pdf' }.",
  );
}

async function bytesOf(content: unknown, at: string): Promise<Buffer> {
  if (Buffer.isBuffer(content)) return content;
  if (typeof content === 'string') return Buffer.from(content);
  if (isStream(content)) {
    const pieces: Uint8Array[] = [];
    for await (const piece of content) pieces.push(Buffer.from(piece));
    return Buffer.concat(pieces);
  }
  return refuse(
    'INVALID_OPTIONS',
    `The content of ${at} is ${nameOf(content)}.`,
    "Give a Buffer, a stream or text; for base64 write Buffer.from(text, 'base64').",
  );
}

const isStream = (value: unknown): value is AsyncIterable<Uint8Array> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
