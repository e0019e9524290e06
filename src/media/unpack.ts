import { refuse, WhatsAppError } from '../core/errors';
import type { DownloadOptions } from '../types';
import { TARGET_OPTIONS } from './target';

const FORMS = ['base64', 'text', 'json'];

/** How the bytes of a download become a content that survives JSON. */
export function readContent({
  as = 'base64',
  ...options
}: DownloadOptions): (bytes: Buffer) => unknown {
  if (!FORMS.includes(as)) {
    refuse(
      'INVALID_OPTIONS',
      'The option as has a value that it cannot have.',
      `Use one of ${FORMS.join(', ')}.`,
    );
  }
  for (const name of TARGET_OPTIONS) {
    if (options[name] !== undefined) refuseAlone(name);
  }
  if (as === 'base64') return bytes => bytes.toString('base64');
  return as === 'text' ? textOf : jsonOf;
}

const refuseAlone = (name: string) =>
  refuse(
    'INVALID_OPTIONS',
    `The option ${name} goes with the option to, which is missing.`,
    'Give the address of the other system as to.',
  );

/** Text without its byte order mark. */
function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw unreadable('text in UTF-8');
  }
}

function jsonOf(bytes: Buffer): unknown {
  const text = textOf(bytes);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // No cause: the parser's own error quotes the file.
    throw unreadable('JSON');
  }
}

const unreadable = (form: string) =>
  new WhatsAppError({
    code: 'MEDIA_UNREADABLE',
    description: `The media is whole, but it is not ${form}.`,
    fix: "Download it with as: 'base64'.",
    retryable: false,
    sent: 'no',
  });
