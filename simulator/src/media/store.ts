import { createHash, randomInt } from 'node:crypto';
import { PHOTO, PHOTO_ID } from './samples';

/** A file that somebody uploaded or sent. */
export interface Media {
  id: string;
  /** The number that it belongs to; any number when it is a sample. */
  phoneNumberId?: string;
  type: string;
  filename: string;
  bytes: Buffer;
}

/** A file at another system, which `/simulator/files` plays. */
export interface StoredFile {
  type: string;
  bytes: Buffer;
}

const newId = () => String(randomInt(10 ** 14, 2 ** 47));

export const sha256Of = ({ bytes }: Media): string =>
  createHash('sha256').update(bytes).digest('base64');

/** The media of all numbers, and a photo that a person sent. */
export class MediaStore {
  readonly #media = new Map<string, Media>();
  /** What jobs saved in another system, by name. */
  readonly files = new Map<string, StoredFile>();

  constructor() {
    this.clear();
  }

  add(media: Omit<Media, 'id'>, id = newId()): Media {
    const added = { id, ...media };
    this.#media.set(id, added);
    return added;
  }

  get(id: string): Media | undefined {
    return this.#media.get(id);
  }

  delete(id: string): boolean {
    return this.#media.delete(id);
  }

  clear(): void {
    this.#media.clear();
    this.files.clear();
    this.add(
      { type: 'image/jpeg', filename: 'photo.jpg', bytes: PHOTO },
      PHOTO_ID,
    );
  }
}
