import { randomBytes } from 'node:crypto';

// Message IDs count up inside, which helps a person who decodes one, and are
// random too, so that two runs of the simulator never give the same ID.
let ordinal = 0;

/** A new message ID with the look of Meta's. */
export const newWamid = (): string => {
  const bytes = Buffer.concat([
    Buffer.from([0x1c, 0x18, 0, 0, 0, 0]),
    randomBytes(34),
  ]);
  bytes.writeUInt32BE(++ordinal, 2);
  return `wamid.${bytes.toString('base64')}`;
};

export const isWamid = (text: string): boolean =>
  /^wamid\.[\w+/-]+={0,2}$/.test(text);
