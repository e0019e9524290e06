import type { NoticeContents } from '../types';

const DAY = 24 * 60 * 60 * 1000;

const TYPES: (keyof NoticeContents)[] = ['system', 'edit', 'revoke'];
const NOTICES: ReadonlySet<string> = new Set(TYPES);

/** Whether WhatsApp tells of a person or a message, without the person writing anew. */
export const isNotice = (type: string): boolean => NOTICES.has(type);

/** When free-form answers to a message or a call end: 24 hours after it. A notice opens no window. */
export function windowEnd(type: string, sentAt?: string): string | undefined {
  if (sentAt === undefined || isNotice(type)) return undefined;
  const end = new Date(Date.parse(sentAt) + DAY).toISOString();
  // From the year 10000 on it begins with +, which no database reads.
  return end.startsWith('+') ? undefined : end;
}
