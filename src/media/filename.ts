import { extensionOf, TYPES } from './table';

/** Extensions that tell a type, whether Meta takes it or not. */
const TELLING =
  /^(jpe?g|jpe|jfif|png|apng|gif|bmp|tiff?|heic|heif|avif|webp|svg|aac|amr|mp3|m4[abprv]|mp4|og[agvx]|opus|wav|flac|wma|weba|webm|mov|avi|mkv|3gp|3g2|mpe?g|txt|pdf|docx?|xlsx?|pptx?|rtf|odt|ods|odp|csv|html?|xml|json|zip|bin|dat|tmp)$/;

/**
 * The name of a file, its extension such as its type has: Meta judges by it. An
 * extension that tells another type is replaced; anything else is a part of the
 * name.
 */
export function mend(filename: string | undefined, type: string): string {
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
