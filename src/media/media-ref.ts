import { refuse } from '../core/errors';
import { isObject, nameOf } from '../core/values';
import { hexOf } from './checksum';

/** A media that a job asks for: by its ID, by its URL, or by both. */
export type MediaRef = {
  id?: string;
  url?: string;
  mimeType?: string;
  filename?: string;
  sha256?: string;
};

/** An ID or a URL, or the object of a webhook's message, which has more to tell. */
export function readMediaRef(given: unknown): MediaRef {
  if (!isObject(given)) return readText(given);
  const { id, url, mime_type, mimeType = mime_type, filename } = given;
  const sha256 = hexOf(given['sha256']);
  return {
    ...readText(isText(url) ? url : id),
    ...(isText(id) && { id }),
    ...(isText(mimeType) && { mimeType }),
    ...(isText(filename) && { filename }),
    ...(sha256 !== undefined && { sha256 }),
  };
}

/** The ID of a media, also from an object that has one. */
export function readMediaId(given: unknown): string {
  const { id } = readMediaRef(given);
  return id ?? refuseMedia('is a URL; it must be an ID');
}

function readText(given: unknown): MediaRef {
  if (Number.isSafeInteger(given)) return { id: String(given) };
  if (typeof given === 'number') {
    return refuseMedia('is a number that has lost digits');
  }
  if (!isText(given)) return refuseMedia(`is ${nameOf(given)}`);
  if (/^https?:\/\//i.test(given)) {
    return { url: given, ...idIn(given) };
  }
  // Digits at Meta; other servers that speak its language have their own.
  if (/^[\w-]+$/.test(given)) return { id: given };
  return refuseMedia('is text that is neither an ID nor a URL');
}

/** Meta's URLs name the media, so that one that is too old can be had anew. */
function idIn(url: string): { id?: string } {
  const id = URL.canParse(url) ? new URL(url).searchParams.get('mid') : null;
  return id !== null && /^\d+$/.test(id) ? { id } : {};
}

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value !== '';

const refuseMedia = (wrong: string) =>
  refuse(
    'INVALID_MEDIA',
    `The media ${wrong}.`,
    'Give its ID as text, as a webhook brings it, or its URL.',
  );
