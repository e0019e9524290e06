import type { MessageStatus, MetaError } from '../../../src/types';
import { collapse } from '../../../src/webhook';
import type { Session } from '../database/database';
import { SENT } from '../schema/late-indexes';

/** What is known of a message that was sent. */
export type MessageState = Omit<MessageStatus, 'raw' | 'participant'> & {
  /** The first error, when it failed. */
  error?: MetaError;
  /** Every status that came, the oldest first. */
  history: Omit<MessageStatus, 'raw'>[];
};

const SELECT = `
  SELECT item FROM whatsapp_gateway.events
  WHERE kind = 'statuses' AND message_id = $1 AND ${SENT}
  ORDER BY happened_at, id`;

/** The furthest status of a message; undefined when none came. */
export async function readMessageState(
  database: Session,
  id: string,
): Promise<MessageState | undefined> {
  const rows = await database.query<{ item: string }>(SELECT, [id]);
  const history = rows.map(({ item }) => {
    const { raw: _, ...status } = JSON.parse(item) as MessageStatus;
    return status;
  });
  const furthest = furthestOf(history);
  if (furthest === undefined) return undefined;
  const error = furthest.errors?.[0];
  return { ...furthest, ...(error && { error }), history };
}

type Known = Omit<MessageStatus, 'raw'>;

/** Of a group, what the furthest of its members did. */
export function furthestOf(
  history: Known[],
): Omit<Known, 'participant'> | undefined {
  const statuses = history.map(({ participant: _, ...status }) => ({
    ...status,
    raw: {},
  }));
  const collapsed = collapse(statuses);
  const found = collapsed.find(isRanked) ?? collapsed.at(-1);
  if (found === undefined) return undefined;
  const { raw: _, ...status } = found;
  // It is the message's, whichever status it came with.
  const told = history.find(({ callbackData }) => callbackData !== undefined);
  const { callbackData } = told ?? {};
  return { ...(callbackData !== undefined && { callbackData }), ...status };
}

/** A status that we do not know has no rank: a failure does not replace it. */
function isRanked(status: MessageStatus): boolean {
  return collapse([status, { ...status, status: 'failed' }]).length < 2;
}
