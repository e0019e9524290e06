import { WhatsAppError } from '../core/errors';
import type { Content } from '../graph/content';
import type { Pieces } from '../graph/wire';
import { isAnimated } from './flaws';
import { ANIMATED_STICKER, TYPES, WEBP } from './table';

/** The most bytes that Meta takes of a type. */
export const mostOf = (type: string, head: Buffer): number =>
  type === WEBP && isAnimated(head) ? ANIMATED_STICKER : TYPES.get(type)!.most;

/** A content of at most so many bytes: refused now when that is known, else while it is sent. */
export function limited(content: Content, most: number): Content {
  if (content.size !== undefined && content.size > most) {
    const [has, takes] = inDifferentWords(content.size, most);
    throw tooLarge(`The file has ${has}`, takes);
  }
  if (content.size !== undefined) return content;
  return { ...content, pieces: () => counted(content.pieces(), most) };
}

async function* counted(pieces: Pieces, most: number) {
  let size = 0;
  for await (const piece of pieces) {
    size += piece.length;
    if (size > most) throw tooLarge('The file goes on', inWords(most));
    yield piece;
  }
}

const tooLarge = (what: string, most: string) =>
  new WhatsAppError({
    code: 'MEDIA_TOO_LARGE',
    description: `${what}; WhatsApp takes at most ${most} of this type.`,
    fix: 'Make it smaller, or send a link to it as text.',
    retryable: false,
    sent: 'no',
  });

/** A download with more bytes than the job wants, on state or in another system; `size` when it is known. */
export function tooLargeToRead(
  { size, maxSize }: { size?: number; maxSize: number },
  goesTo: keyof typeof LARGER,
): WhatsAppError {
  const [has, most] =
    size === undefined
      ? ['', inWords(maxSize)]
      : inDifferentWords(size, maxSize);
  return new WhatsAppError({
    code: 'MEDIA_TOO_LARGE',
    description: `The media ${has ? `has ${has}` : 'goes on'}; the most to be read is ${most}.`,
    fix: LARGER[goesTo],
    retryable: false,
    sent: 'no',
  });
}

const LARGER = {
  state:
    'Give a larger maxSize if the state can hold it, or stream the file on with the option to.',
  system: 'Give a larger maxSize, or leave it out.',
};

/** `7.3 MB`. */
export function inWords(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  const isMega = bytes >= 1024 * 1024;
  const size = bytes / (isMega ? 1024 * 1024 : 1024);
  return `${Number(size.toFixed(1))} ${isMega ? 'MB' : 'KB'}`;
}

/** Two different sizes: `5 MB` and `5.1 MB`, or in bytes when the words are the same. */
export function inDifferentWords(one: number, other: number): [string, string] {
  const words: [string, string] = [inWords(one), inWords(other)];
  return words[0] === words[1] ? [`${one} bytes`, `${other} bytes`] : words;
}
