import { refuse } from '../core/errors';
import { isText, magicOf } from './magic';
import {
  canonical,
  extensionOf,
  isOffice,
  KINDS,
  MP4_AUDIO,
  OPUS,
  TEXT,
  typeByName,
  TYPES,
} from './table';
import type { Kind } from './table';

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
  const isStrange = !TYPES.has(canonical(magic));
  if (isStrange && said === TEXT && isText(head)) return TEXT;
  if (CONTAINERS.includes(magic)) return said && isOffice(said) ? said : magic;
  if (magic === 'video/mp4' && (kind === 'audio' || said === MP4_AUDIO)) {
    return MP4_AUDIO;
  }
  // Ogg is taken with Opus only, and the bytes tell whether it is.
  if (magic === OPUS || magic === 'audio/ogg') return magic;
  return canonical(magic);
}

function saidType({ type, filename }: Said): string | undefined {
  if (type !== undefined && !BLANK.includes(canonical(type))) {
    return canonical(type);
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
