import { refuse } from '../core/errors';
import {
  normalizeType,
  extensionOf,
  isOffice,
  KINDS,
  MP4_AUDIO,
  OPUS,
  TEXT,
  typeByName,
  TYPES,
} from './media-types';
import type { Kind } from './media-types';

/** What is said about a file: its declared type and its name. */
export type Said = {
  type?: string | undefined;
  filename?: string | undefined;
};

/** Types that say nothing. */
const BLANK = ['', 'application/octet-stream', 'binary/octet-stream'];
/** Containers of Office files, and of other files that Meta does not take. */
const CONTAINERS = ['application/zip', 'application/x-cfb'];

/**
 * The type of a file as Meta has to be told it. The bytes decide; what is said
 * about the file only helps where they do not tell.
 */
export async function typeOf(
  head: Buffer,
  said: Said,
  kind?: Kind,
): Promise<string> {
  const type = decide(head, await magicOf(head), saidType(said), kind);
  if (!TYPES.has(type)) return refuseType(type);
  if (kind !== undefined) checkKind(type, kind);
  return type;
}

function decide(
  head: Buffer,
  magic: string | undefined,
  said: string | undefined,
  kind: Kind | undefined,
): string {
  if (magic === undefined) return unmarked(head, said);
  // Some words at the beginning of a text look like another file: BM, II, <?xml.
  const isStrange = !TYPES.has(normalizeType(magic));
  if (isStrange && said === TEXT && isText(head)) return TEXT;
  if (CONTAINERS.includes(magic)) return said && isOffice(said) ? said : magic;
  if (magic === 'video/mp4' && (kind === 'audio' || said === MP4_AUDIO)) {
    return MP4_AUDIO;
  }
  // Ogg is taken with Opus only, and the bytes tell whether it is.
  if (magic === OPUS || magic === 'audio/ogg') return magic;
  return normalizeType(magic);
}

function saidType({ type, filename }: Said): string | undefined {
  if (type !== undefined && !BLANK.includes(normalizeType(type))) {
    return normalizeType(type);
  }
  return extensionOf(filename) === 'opus' ? 'audio/opus' : typeByName(filename);
}

/** The type of bytes without a mark: text has none, and some sounds have none. */
function unmarked(head: Buffer, said: string | undefined): string {
  const reads = isText(head);
  if (said === undefined) return reads ? TEXT : refuseUnknown();
  if (said === TEXT || !TYPES.has(said)) return said;
  if (reads) {
    return refuse(
      'INVALID_FILE',
      `The content is plain text, and not ${said}.`,
      'Look at it: it may be the page of a login, an error message, or base64 of base64.',
    );
  }
  return said.startsWith('image/') ? refuseSpoiled(said) : said;
}

/** Every picture has a mark: it gets lost when bytes are read as text. */
const refuseSpoiled = (said: string) =>
  refuse(
    'INVALID_FILE',
    `The content does not begin as ${said} does.`,
    "Check that it was read as bytes, not as text: with parseAs: 'base64' in OpenFn's http adaptor.",
  );

function refuseUnknown(): never {
  return refuse(
    'INVALID_FILE',
    'The bytes of the file do not tell its type.',
    'Give its type or its filename, and check that the content is whole and not encoded twice.',
  );
}

/** A document can be any file that Meta takes; the other kinds have their own types. */
function checkKind(type: string, kind: Kind): void {
  const own = Object.keys(KINDS[kind].types);
  if (kind === 'document' || own.includes(type)) return;
  refuse(
    'MEDIA_UNSUPPORTED',
    `The file is ${type}, which cannot be sent as ${kind}.`,
    `Send it as ${TYPES.get(type)!.kind}, or give one of ${own.join(', ')}.`,
  );
}

const OPUS_ADVICE =
  'Convert it to Ogg with Opus: ffmpeg -i in -c:a libopus -ac 1 out.ogg.';
const TEXT_ADVICE = "Send it with type: 'text/plain', or convert it to PDF.";

/** By the beginning of a type: what to convert to, and what to call it when the type alone would puzzle. */
const ADVICE: [beginning: string, fix: string, name?: string][] = [
  ['audio/opus', OPUS_ADVICE, 'Opus without Ogg'],
  ['audio/ogg', OPUS_ADVICE, 'Ogg without Opus'],
  [
    'application/x-cfb',
    'Give its filename, if it ends in .doc, .xls or .ppt.',
    'an Office file that does not tell which one',
  ],
  [
    'application/zip',
    'Send the files in it one by one; for an Office file give its filename.',
    'a ZIP archive',
  ],
  ['application/xml', TEXT_ADVICE],
  ['application/json', TEXT_ADVICE],
  ['text/', TEXT_ADVICE],
  ['image/gif', 'Convert it to MP4, or to JPEG or PNG.'],
  ['image/', 'Convert it to JPEG or PNG.'],
  ['audio/', 'Convert it to MP3, or to Ogg with Opus.'],
  ['video/', 'Convert it to MP4 with H.264 and AAC.'],
  ['', 'Convert it to PDF.'],
];

const MIME =
  /^(application|audio|chemical|font|image|message|model|multipart|text|video)\/(?!.*\d{5})[\w.+-]{1,80}$/;

function refuseType(type: string): never {
  const [, fix, name] = ADVICE.find(([beginning]) =>
    type.startsWith(beginning),
  )!;
  // What a job declares may be anything; only what looks like a type is repeated.
  const plain = MIME.test(type) ? type : 'of another type';
  return refuse(
    'MEDIA_UNSUPPORTED',
    `The file is ${name ?? plain}, which WhatsApp does not take.`,
    fix,
  );
}

// An archive is searched for what it holds; not for ever.
const ENOUGH = 1024 * 1024;

/** The type that the first bytes of a file tell, as far as they do. */
async function magicOf(head: Buffer): Promise<string | undefined> {
  // One of its two marks is that of MPEG sound, too.
  if (isUtf16(head)) return undefined;
  // Loaded when it is needed: most jobs never move a file.
  const { fileTypeFromBuffer } = await import('file-type/core');
  const found = await fileTypeFromBuffer(head.subarray(0, ENOUGH));
  return found?.mime;
}

/** Whether bytes read as text: no control characters but those of lines and pages. */
const isText = (head: Buffer): boolean =>
  isUtf16(head) ||
  !/[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(head.toString('latin1', 0, 4096));

/** Text as Windows calls it Unicode. */
const isUtf16 = (head: Buffer): boolean =>
  /^(\xff\xfe|\xfe\xff)/.test(head.toString('latin1', 0, 2));

// What Meta does not take of a type that it takes, as far as the head of a file tells.

/** In the header of a PNG, and behind the mark of Opus. */
const BIT_DEPTH = 24;
const CHANNELS = 9;

const TO_OPUS = 'Convert it: ffmpeg -i in -c:a libopus -ac 1 out.ogg.';

/** Refuses a file that would fail later, when nobody looks. */
export function checkFormat(
  type: string,
  head: Buffer,
  isVoice: boolean,
): void {
  if (type === 'image/jpeg' && isCmyk(head)) {
    refuseFormat(
      'The picture is in the colors of print (CMYK).',
      'Convert it to RGB.',
    );
  }
  if (type === 'image/png' && head[BIT_DEPTH] === 16) {
    refuseFormat('The picture has 16 bits a color.', 'Convert it to 8 bits.');
  }
  if (isVoice && type !== OPUS) {
    refuseFormat(
      `A voice message is Ogg with Opus; the file is ${type}.`,
      TO_OPUS,
    );
  }
  if (type === OPUS && isStereo(head)) {
    refuseFormat('The sound is stereo; WhatsApp takes Opus in mono.', TO_OPUS);
  }
}

function isStereo(head: Buffer): boolean {
  const start = head.indexOf('OpusHead');
  return start >= 0 && head[start + CHANNELS]! > 1;
}

/** Whether a JPEG has four colors: its frame header tells, when it is in the head. */
function isCmyk(head: Buffer): boolean {
  for (let at = 2; at + 9 < head.length && head[at] === 0xff;) {
    const marker = head[at + 1]!;
    if (isFrame(marker)) return head[at + 9] === 4;
    // Any number of FF may stand before a marker.
    at += marker === 0xff ? 1 : 2 + head.readUInt16BE(at + 2);
  }
  return false;
}

/** Start of a frame: C0 to CF, but for three that are tables. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

const refuseFormat = (description: string, fix: string) =>
  refuse('MEDIA_UNSUPPORTED', description, fix);
