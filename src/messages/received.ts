import { refuse } from '../core/errors';
import { isObject, nameOf } from '../core/values';

/** A received message, as `parseWebhook` leaves it, as far as an answer needs it. */
export type Received = {
  id?: unknown;
  from?: unknown;
  userId?: unknown;
  parentUserId?: unknown;
  groupId?: unknown;
  phoneNumberId?: unknown;
  windowExpiresAt?: unknown;
};

/** The message to answer, or an error that says what is there instead. */
export function readReceived(received: unknown): Received {
  const message = readOnlyMessage(received);
  if (isObject(message) && typeof message['id'] === 'string') {
    refuseOther(message);
    if (hasSender(message)) return message;
  }
  return refuse(
    'NOT_A_MESSAGE',
    isObject(message) && typeof message['id'] === 'string'
      ? 'The message on state.data says nothing of who wrote it, so nobody can be answered.'
      : `There is no received message on state.data: it is ${nameOf(received)}.`,
    ADVICE,
  );
}

const ADVICE =
  "Write parseWebhook() first, then broadcast($.data.messages, reply('…')).";

// What `parseWebhook` lists as notices.
const NOTICES: readonly unknown[] = ['system', 'edit', 'revoke'];

/** Refuses what looks like a message, but is nothing that a person wrote to us. */
function refuseOther(item: Record<string, unknown>): void {
  const description = describeOther(item);
  if (description === undefined) return;
  refuse('NOT_A_MESSAGE', `state.data holds ${description}.`, ADVICE);
}

function describeOther(item: Record<string, unknown>): string | undefined {
  const { type, direction, status, event } = item;
  if (NOTICES.includes(type)) {
    return `a notice from WhatsApp (${String(type)}), not a message`;
  }
  if (direction === 'out' || direction === 'outbound') {
    return 'a message that went out from your number';
  }
  if (direction === 'in') {
    return 'a message of the history, or one that another app answers';
  }
  if (type !== undefined) return undefined;
  if (event !== undefined) return 'a call, not a message';
  return status === undefined ? undefined : 'the status of a message';
}

const hasSender = ({ from, userId, parentUserId, groupId }: Received) =>
  [from, userId, parentUserId, groupId].some(id => id !== undefined);

/** The message itself, or the only one of a webhook's events. */
function readOnlyMessage(received: unknown): unknown {
  const messages = isObject(received) ? received['messages'] : undefined;
  if (!Array.isArray(messages)) return received;
  if (messages.length === 1) return messages[0] as unknown;
  return refuse(
    'NOT_A_MESSAGE',
    `state.data holds ${messages.length} received messages.`,
    "Answer each of them: broadcast($.data.messages, reply('…')).",
  );
}
