import { isUserId } from './user-id';

/** A recipient as a log may show it: enough to tell two apart, too little to write to. */
export function mask(recipient: unknown): string {
  const isText = typeof recipient === 'string' || typeof recipient === 'number';
  const text = isText ? String(recipient).trim() : '';
  if (isUserId(text)) return `${text.slice(0, 3)}***${lastOf(text, 10)}`;
  const digits = text.replace(/\D/g, '');
  if (digits.length < 7 || /\p{L}/u.test(text)) return '***';
  const plus = text.startsWith('+') ? '+' : '';
  return `${plus}${digits.slice(0, 3)}***${lastOf(digits, 10)}`;
}

/** The last two characters, but none of a text so short that they would give it away. */
const lastOf = (text: string, least: number) =>
  text.length < least ? '' : text.slice(-2);
