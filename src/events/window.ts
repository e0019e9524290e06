const DAY = 24 * 60 * 60 * 1000;

// They come without the person writing, so they open no window for an answer.
const SILENT = new Set(['system', 'edit', 'revoke']);

/** When free-form answers to a message end: 24 hours after it. */
export function windowEnd(type: string, sentAt?: string): string | undefined {
  if (sentAt === undefined || SILENT.has(type)) return undefined;
  return new Date(Date.parse(sentAt) + DAY).toISOString();
}
