import { refuse } from '../core/errors';
import { checkText, toJson } from '../core/json';
import { isObject, nameOf } from '../core/values';
import { bytesOf, contentOfBytes, contentOfPieces, isStream } from './content';
import type { Content } from './content';
import type { Part } from './multipart';

/** The fields and files of a raw request, as the parts of a form. */
export function readForm(form: unknown, files: unknown): Part[] {
  const values = Object.entries(fieldsOf(form))
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => ({ name, value: asText(value) }));
  return [
    ...values,
    ...listOf(files).map((file, index) => readFile(file, `files[${index}]`)),
  ];
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

function listOf(files: unknown): unknown[] {
  if (files === undefined || files === null) return [];
  return Array.isArray(files) ? (files as unknown[]) : [files];
}

const asText = (value: unknown) =>
  typeof value === 'object' ? toJson(value) : String(value);

function readFile(file: unknown, at: string): Part {
  if (!isObject(file) || typeof file['name'] !== 'string') {
    return refuseFile(`${at} is no file`);
  }
  const { name, filename, type = 'application/octet-stream' } = file;
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
