import { lengthOf, UNREAD } from './content';
import type { Content, MadeBody, Piece } from './content';
import { checkText } from '../schema/check';
import { randomBytes } from 'node:crypto';

/** A part of a form: a value, or a file. */
export type Part = { name: string } & (
  { value: string } | { filename: string; type: string; content: Content }
);

const BREAK = '\r\n';

/**
 * A form with files as the body of a request, written while it is sent. Written
 * by ourselves: undici's own form data fails with large files on Node 20, and
 * buffers all of them.
 */
export function multipart(parts: readonly Part[]): MadeBody {
  const boundary = `form-${randomBytes(16).toString('hex')}`;
  const frames = parts.map(part => Buffer.from(headOf(part, boundary)));
  const end = Buffer.from(`--${boundary}--${BREAK}`);
  return {
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      ...lengthOf(sizeOf(parts, [...frames, end])),
    },
    isSpent: () => parts.some(part => contentOf(part)?.isSpent()),
    words: parts.map(part =>
      'value' in part
        ? { [part.name]: part.value }
        : [part.name, part.filename, part.type, part.content.bytes ?? UNREAD],
    ),
    async *[Symbol.asyncIterator](): AsyncGenerator<Piece> {
      for (const [index, part] of parts.entries()) {
        yield frames[index]!;
        yield* contentOf(part)?.pieces() ?? [];
        yield Buffer.from(BREAK);
      }
      yield end;
    },
  };
}

const contentOf = (part: Part) =>
  'content' in part ? part.content : undefined;

/** Everything before the bytes of a file; of a value, that is all. */
function headOf(part: Part, boundary: string): string {
  checkText(part.name);
  checkText('value' in part ? part.value : part.filename);
  const head = `--${boundary}${BREAK}Content-Disposition: form-data; name="${quoted(part.name)}"`;
  const blank = BREAK + BREAK;
  if ('value' in part) return head + blank + part.value;
  return `${head}; filename="${quoted(part.filename)}"${BREAK}Content-Type: ${part.type}${blank}`;
}

/**
 * As browsers write it, so that no name can add a header of its own; and
 * without backslashes, which some servers take to hide the quote after it.
 */
const quoted = (name: string) =>
  name.replace(
    /["\\\x00-\x1f\x7f]/g,
    character =>
      `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );

function sizeOf(parts: readonly Part[], frames: Buffer[]): number | undefined {
  let size = parts.length * BREAK.length;
  for (const frame of frames) size += frame.length;
  for (const part of parts) {
    const content = contentOf(part);
    if (content === undefined) continue;
    if (content.size === undefined) return undefined;
    size += content.size;
  }
  return size;
}
