const DAY = 24 * 60 * 60 * 1000;

const SILENT = new Set(['system', 'edit', 'revoke']);

/** Whether a message comes without the person writing anew, so that it opens no window for an answer. */
export const isSilent = (type: string): boolean => SILENT.has(type);

/** When free-form answers to a message end: 24 hours after it. */
export function windowEnd(type: string, sentAt?: string): string | undefined {
  if (sentAt === undefined || isSilent(type)) return undefined;
  const end = new Date(Date.parse(sentAt) + DAY).toISOString();
  // From the year 10000 on it begins with +, which no database reads.
  return end.startsWith('+') ? undefined : end;
}
