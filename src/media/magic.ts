// An archive is searched for what it holds; not for ever.
const ENOUGH = 1024 * 1024;

/** The type that the first bytes of a file tell, as far as they do. */
export async function magicOf(head: Buffer): Promise<string | undefined> {
  // One of its two marks is that of MPEG sound, too.
  if (isUtf16(head)) return undefined;
  // Loaded when it is needed: most jobs never move a file.
  const { fileTypeFromBuffer } = await import('file-type/core');
  const found = await fileTypeFromBuffer(head.subarray(0, ENOUGH));
  return found?.mime;
}

/** Whether bytes read as text: no control characters but those of lines and pages. */
export const isText = (head: Buffer): boolean =>
  isUtf16(head) ||
  !/[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(head.toString('latin1', 0, 4096));

/** Text as Windows calls it Unicode. */
const isUtf16 = (head: Buffer): boolean =>
  /^(\xff\xfe|\xfe\xff)/.test(head.toString('latin1', 0, 2));
