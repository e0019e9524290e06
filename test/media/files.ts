// Files as people and programs make them, as small as they can be.

const u16 = (n: number) => Buffer.from([n >> 8, n & 255]);
const zeros = (n: number) => Buffer.alloc(n);

/** A JPEG as far as its frame header: `components` is 1 for gray, 3 for RGB, 4 for CMYK. */
export const jpeg = (components = 3, profile = 0): Buffer =>
  Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    Buffer.from([0xff, 0xe0]),
    u16(16),
    Buffer.from('JFIF\0\x01\x01\0\0\x01\0\x01\0\0', 'latin1'),
    Buffer.from([0xff, 0xe2]),
    u16(2 + profile),
    zeros(profile),
    Buffer.from([0xff, 0xff, 0xc2]),
    u16(8 + 3 * components),
    Buffer.from([8, 0, 8, 0, 8, components]),
    zeros(3 * components + 200),
  ]);

export const png = (depth = 8): Buffer =>
  Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    Buffer.from([0, 0, 0, 13]),
    Buffer.from('IHDR'),
    Buffer.from([0, 0, 0, 8, 0, 0, 0, 8, depth, 2, 0, 0, 0, 0, 0, 0, 0]),
    Buffer.from([0, 0, 0, 0]),
    Buffer.from('IDAT'),
    zeros(100),
  ]);

export const webp = ({ isAnimated = false, size = 100 } = {}): Buffer =>
  Buffer.concat([
    Buffer.from('RIFF\0\0\0\0WEBPVP8X', 'latin1'),
    Buffer.from([10, 0, 0, 0, isAnimated ? 2 : 0, 0, 0, 0]),
    zeros(size),
  ]);

/** Ogg with Opus of so many channels, or with Vorbis. */
export const ogg = (channels: number | 'vorbis' = 1): Buffer =>
  Buffer.concat([
    Buffer.from('OggS\0\x02', 'latin1'),
    zeros(20),
    Buffer.from([1, 19]),
    channels === 'vorbis'
      ? Buffer.from('\x01vorbis', 'latin1')
      : Buffer.from(`OpusHead\x01${String.fromCharCode(channels)}`, 'latin1'),
    zeros(200),
  ]);

/** A file of the MPEG-4 family: `isom` a video, `M4A ` a sound, `heic` a picture. */
export const ftyp = (brand: string): Buffer =>
  Buffer.concat([
    Buffer.from([0, 0, 0, 24]),
    Buffer.from(`ftyp${brand}\0\0\0\0${brand}mp42`, 'latin1'),
    zeros(100),
  ]);

export const pdf = (size = 0): Buffer =>
  Buffer.concat([Buffer.from('%PDF-1.7\n'), zeros(size)]);

export const amr = (): Buffer =>
  Buffer.concat([Buffer.from('#!AMR\n'), zeros(50)]);

export const mp3 = (): Buffer =>
  Buffer.concat([Buffer.from('ID3\x03\0\0\0\0\0\0'), mpegFrame(), zeros(500)]);

const mpegFrame = () => Buffer.from([0xff, 0xfb, 0x90, 0x64]);

export const aac = (): Buffer =>
  Buffer.concat([Buffer.from([0xff, 0xf1, 0x50, 0x80]), zeros(200)]);

/** An old Office file of whatever kind. */
export const oldOffice = (): Buffer =>
  Buffer.concat([
    Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
    zeros(504),
  ]);

/** An archive with one file, not packed. */
export const zip = (name: string, content: string): Buffer => {
  const bytes = Buffer.from(content);
  const head = zeros(30);
  head.write('PK\x03\x04', 'latin1');
  head.writeUInt16LE(20, 4);
  head.writeUInt32LE(bytes.length, 18);
  head.writeUInt32LE(bytes.length, 22);
  head.writeUInt16LE(name.length, 26);
  return Buffer.concat([head, Buffer.from(name), bytes, zeros(64)]);
};

/** The new Office files say in this file what they are. */
export const office = (main: string): Buffer =>
  zip(
    '[Content_Types].xml',
    `<Types><Override ContentType="application/vnd.openxmlformats-officedocument.${main}.main+xml"/></Types>`,
  );

export const gif = (): Buffer =>
  Buffer.concat([Buffer.from('GIF89a'), zeros(50)]);

export const wav = (): Buffer =>
  Buffer.concat([Buffer.from('RIFF\0\0\0\0WAVEfmt ', 'latin1'), zeros(50)]);
