import { refuse } from '../core/errors';

// URLs are built from parts, each part encoded. Never with node:path, which
// swallows `..`, and never with `new URL(path, base)` alone, which would send
// the token to whatever host an absolute path names.

/** Query values as a job gives them. */
export type Query = Record<string, unknown>;

/** A part of a path. Only an ID that is told to be one may hold a slash, as those of messages do. */
export type Part = string | { id: string };

/** The path of a raw request, as parts that cannot leave the API, and its query as written. */
export function splitPath(path: unknown): { parts: string[]; search: string } {
  if (typeof path !== 'string' || path.trim() === '') {
    return refusePath('is not text or is empty');
  }
  // Written plainly, a control character or a space hints at a pasted line.
  if (/[\s\\#\p{Cc}]/u.test(path)) {
    return refusePath('has a space, a line break, # or a backslash in it');
  }
  const [location = '', ...search] = path.split('?');
  const parts = location.replace(/^\//, '').replace(/\/$/, '').split('/');
  return { parts: parts.map(decodePart), search: search.join('?') };
}

function decodePart(part: string): string {
  if (/^[a-z][a-z0-9+.-]*:$/i.test(part)) {
    return refusePath('is a whole address');
  }
  try {
    return decodeURIComponent(part);
  } catch {
    return refusePath('has a % that encodes nothing');
  }
}

export function refusePath(wrong: string): never {
  return refuse(
    'INVALID_PATH',
    `The path of the request ${wrong}.`,
    "Give a path below the phone number, such as 'messages', or one that begins with / and an ID, such as '/123/message_templates'.",
  );
}
