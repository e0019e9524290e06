import { WhatsAppError } from '../core/errors';
import { ownOf } from '../core/values';
import type { Content, Pieces } from '../graph/content';

// What Meta takes, written once: the types of each kind with the extensions of
// their files (the first one is ours to give), and the most bytes.

const KB = 1024;
const MB = 1024 * KB;

export const OPUS = 'audio/ogg; codecs=opus';
export const MP4_AUDIO = 'audio/mp4';
export const WEBP = 'image/webp';
export const TEXT = 'text/plain';

const OFFICE = 'application/vnd.openxmlformats-officedocument';

export const KINDS = {
  image: {
    most: 5 * MB,
    types: { 'image/jpeg': ['jpg', 'jpeg'], 'image/png': ['png'] },
  },
  audio: {
    most: 16 * MB,
    types: {
      'audio/aac': ['aac'],
      'audio/amr': ['amr'],
      'audio/mpeg': ['mp3'],
      [MP4_AUDIO]: ['m4a'],
      [OPUS]: ['ogg'],
    },
  },
  video: {
    most: 16 * MB,
    types: { 'video/mp4': ['mp4'], 'video/3gpp': ['3gp'] },
  },
  document: {
    most: 100 * MB,
    types: {
      [TEXT]: ['txt'],
      'application/pdf': ['pdf'],
      'application/msword': ['doc'],
      'application/vnd.ms-excel': ['xls'],
      'application/vnd.ms-powerpoint': ['ppt'],
      [`${OFFICE}.wordprocessingml.document`]: ['docx'],
      [`${OFFICE}.spreadsheetml.sheet`]: ['xlsx'],
      [`${OFFICE}.presentationml.presentation`]: ['pptx'],
    },
  },
  sticker: { most: 100 * KB, types: { [WEBP]: ['webp'] } },
} satisfies Record<string, { most: number; types: Record<string, string[]> }>;

export const ANIMATED_STICKER = 500 * KB;

export type Kind = keyof typeof KINDS;

/** What a file is to become. */
export type Purpose = {
  kind?: Kind | undefined;
  isVoice?: boolean | undefined;
};

/** A type that Meta takes. */
export type Row = {
  type: string;
  kind: Kind;
  most: number;
  extensions: string[];
};

const rows: Row[] = Object.entries(KINDS).flatMap(([kind, { most, types }]) =>
  Object.entries(types).map(([type, extensions]) => ({
    type,
    kind: kind as Kind,
    most,
    extensions,
  })),
);

/** By type, as it is written here. */
export const TYPES = new Map(rows.map(row => [row.type, row]));

const byExtension = new Map(
  rows.flatMap(row => row.extensions.map(name => [name, row.type] as const)),
);

/** The type that a file name promises. */
export const typeByName = (filename: string | undefined): string | undefined =>
  byExtension.get(extensionOf(filename));

/** `pdf` of `form.PDF`; empty when there is none. */
export const extensionOf = (filename = ''): string =>
  /[^.]\.([^.]+)$/.exec(filename)?.[1]?.toLowerCase() ?? '';

/** Office files, old and new: their bytes tell the container only. */
export const isOffice = (type: string): boolean =>
  /msword|vnd\.ms-|officedocument/.test(type);

/** Other names under which these types go around. */
const NAMES: Record<string, string> = {
  'application/x-pdf': 'application/pdf',
  'audio/aacp': 'audio/aac',
  'audio/m4a': MP4_AUDIO,
  'audio/mp3': 'audio/mpeg',
  'audio/ogg': OPUS,
  'audio/x-aac': 'audio/aac',
  'audio/x-m4a': MP4_AUDIO,
  'image/apng': 'image/png',
  'image/jpg': 'image/jpeg',
  'image/pjpeg': 'image/jpeg',
  'video/x-m4v': 'video/mp4',
};

/** A type as the table writes it: lower case, without parameters, under its usual name. */
export function normalizeType(type: string): string {
  const [name = ''] = type.toLowerCase().split(';');
  return ownOf(NAMES, name.trim()) ?? name.trim();
}

/** Extensions that tell a type, whether Meta takes it or not. */
const TELLING =
  /^(jpe?g|jpe|jfif|png|apng|gif|bmp|tiff?|heic|heif|avif|webp|svg|aac|amr|mp3|m4[abprv]|mp4|og[agvx]|opus|wav|flac|wma|weba|webm|mov|avi|mkv|3gp|3g2|mpe?g|txt|pdf|docx?|xlsx?|pptx?|rtf|odt|ods|odp|csv|html?|xml|json|zip|bin|dat|tmp)$/;

/**
 * The name of a file, its extension such as its type has: Meta judges by it. An
 * extension that tells another type is replaced; anything else is a part of the
 * name.
 */
export function correctFilename(
  filename: string | undefined,
  type: string,
): string {
  const { extensions, kind } = TYPES.get(type)!;
  const name = baseOf(filename) || kind;
  const extension = extensionOf(name);
  if (extensions.includes(extension)) return name;
  const stem = TELLING.test(extension)
    ? name.slice(0, -extension.length - 1)
    : name;
  return `${stem}.${extensions[0]}`;
}

/** The last part of a path, without what no file name has. */
export const baseOf = (filename = ''): string =>
  shorten(
    filename
      .replace(/^.*[/\\]/s, '')
      .replace(/\p{Cc}/gu, '')
      .trim(),
  );

/** File systems take names of 255 bytes. */
const MOST_BYTES = 240;
const LONGEST_EXTENSION = 10;

/** A name that a file system takes, which keeps its extension. */
function shorten(name: string): string {
  if (Buffer.byteLength(name) <= MOST_BYTES) return name;
  const { length } = extensionOf(name);
  const isExtension = length > 0 && length <= LONGEST_EXTENSION;
  const end = isExtension ? name.slice(-length - 1) : '';
  const stem = Buffer.from(name).subarray(
    0,
    MOST_BYTES - Buffer.byteLength(end),
  );
  // Without the character that is cut in two.
  return stem.toString().replace(/\ufffd+$/, '') + end;
}

/** The extension that a download of this type gets. */
export const extensionFor = (type: string | undefined): string => {
  const [extension] = TYPES.get(type ?? '')?.extensions ?? [];
  return extension === undefined ? '' : `.${extension}`;
};

/** WebP with more than one picture. */
export const isAnimated = (head: Buffer): boolean =>
  head.toString('latin1', 12, 16) === 'VP8X' && (head[20]! & 2) !== 0;

/** The maximum number of bytes that Meta takes of a type. */
export const maxSizeFor = (type: string, head: Buffer): number =>
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
