import type { MessageStatus, StatusContents } from '../types';

// `read` comes without `delivered`, and everything in any order.
const RANKS: Record<keyof StatusContents, number> = {
  sent: 0,
  delivered: 1,
  read: 2,
  played: 3,
  failed: 4,
};
const RANK: ReadonlyMap<string, number> = new Map(Object.entries(RANKS));

/**
 * The furthest status of each message, in the place of its first one; in a
 * group, of each participant. A status that we do not know stays beside it.
 */
export function collapseStatuses(statuses: MessageStatus[]): MessageStatus[] {
  const furthest = new Map<string, MessageStatus>();
  for (const status of statuses) {
    const key = keyOf(status);
    const before = furthest.get(key);
    if (!before || rankOf(status) > rankOf(before)) furthest.set(key, status);
  }
  return [...furthest.values()];
}

function keyOf({ id, participant, status }: MessageStatus): string {
  return JSON.stringify([id, participant, RANK.has(status) ? '' : status]);
}

function rankOf({ status }: MessageStatus): number {
  return RANK.get(status) ?? -1;
}
