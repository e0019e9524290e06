import type { ApiResponse } from '../graph/api-request';

// What the headers of an answer tell about the file in it.

type Headers = ApiResponse['headers'];

/** A header that stands once. */
export function textIn(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

/** The bytes of the file, when the answer says so and has not packed it. */
export function sizeIn(headers: Headers): number | undefined {
  const packed = textIn(headers, 'content-encoding') ?? 'identity';
  const length = textIn(headers, 'content-length') ?? '';
  return packed === 'identity' && /^\d+$/.test(length)
    ? Number(length)
    : undefined;
}

/** The file name of a `Content-Disposition`, in its plain or its encoded form. */
export function filenameIn(headers: Headers): string | undefined {
  const given = textIn(headers, 'content-disposition') ?? '';
  const [, encoded] = /filename\*\s*=\s*utf-8''([^;\s]+)/i.exec(given) ?? [];
  const [, quoted, plain] =
    /filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(given) ?? [];
  return decoded(encoded) ?? quoted?.replace(/\\(.)/g, '$1') ?? plain;
}

function decoded(text: string | undefined): string | undefined {
  try {
    return text && decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
