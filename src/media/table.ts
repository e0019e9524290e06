import { ownOf } from '../core/values';

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
export function canonical(type: string): string {
  const [name = ''] = type.toLowerCase().split(';');
  return ownOf(NAMES, name.trim()) ?? name.trim();
}
