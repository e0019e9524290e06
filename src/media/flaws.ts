import { refuse } from '../core/errors';
import { OPUS } from './table';

// What Meta does not take of a type that it takes, as far as the head of a file tells.

/** In the header of a PNG, and behind the mark of Opus. */
const BIT_DEPTH = 24;
const CHANNELS = 9;

const TO_OPUS = 'Convert it: ffmpeg -i in -c:a libopus -ac 1 out.ogg.';

/** Refuses a file that would fail later, when nobody looks. */
export function checkFlaws(type: string, head: Buffer, isVoice: boolean): void {
  if (type === 'image/jpeg' && isCmyk(head)) {
    refuseFlaw(
      'The picture is in the colors of print (CMYK).',
      'Convert it to RGB.',
    );
  }
  if (type === 'image/png' && head[BIT_DEPTH] === 16) {
    refuseFlaw('The picture has 16 bits a color.', 'Convert it to 8 bits.');
  }
  if (isVoice && type !== OPUS) {
    refuseFlaw(
      `A voice message is Ogg with Opus; the file is ${type}.`,
      TO_OPUS,
    );
  }
  if (type === OPUS && isStereo(head)) {
    refuseFlaw('The sound is stereo; WhatsApp takes Opus in mono.', TO_OPUS);
  }
}

/** WebP with more than one picture. */
export const isAnimated = (head: Buffer): boolean =>
  head.toString('latin1', 12, 16) === 'VP8X' && (head[20]! & 2) !== 0;

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

const refuseFlaw = (description: string, fix: string) =>
  refuse('MEDIA_UNSUPPORTED', description, fix);
