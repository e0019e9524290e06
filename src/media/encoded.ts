import { refuse } from '../core/errors';

// Bytes that are written as text.

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
