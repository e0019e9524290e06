import { adviceFor } from '../forward/outcome';
import type { Kind } from '../settings/forwarding';
import type { Session } from '../database/database';
import type { Attempt, EventDetail, ForwardDetail, ForwardState } from './api';
import { STATE } from './find-events';

type EventRow = {
  id: string;
  kind: Kind;
  direction: 'in' | 'out' | null;
  contact: string | null;
  user_id: string | null;
  group_id: string | null;
  name: string | null;
  phone: string | null;
  message_id: string | null;
  happened: Date;
  received: Date;
  item: string;
  is_cut: boolean;
};

// More than a browser shows well.
const MOST_SHOWN = 100_000;

const SELECT_EVENT = `
  SELECT id, kind, direction, contact, user_id, group_id, name,
    phone_number_id AS phone, message_id, happened_at AS happened,
    received_at AS received, left(item, ${MOST_SHOWN}) AS item,
    length(item) > ${MOST_SHOWN} AS is_cut
  FROM whatsapp_gateway.events WHERE id = $1`;

type AttemptRow = {
  number: number;
  at: string;
  duration_ms: number;
  code: string | null;
  status: number | null;
  content_type: string | null;
  work_order_id: string | null;
};

type ForwardRow = {
  id: string;
  route: string;
  state: ForwardState;
  attempts: number;
  due: Date;
  delivered: Date | null;
  died: Date | null;
  listed: AttemptRow[] | null;
};

const MOST_FORWARDS = 100;

const SELECT_FORWARDS = `
  SELECT f.id, f.route, ${STATE} AS state, f.attempts, f.due_at AS due,
    f.delivered_at AS delivered, f.died_at AS died,
    (SELECT json_agg(attempt ORDER BY number DESC)
     FROM whatsapp_gateway.attempts AS attempt WHERE forward_id = f.id) AS listed
  FROM whatsapp_gateway.event_forwards AS link
  JOIN whatsapp_gateway.forwards AS f ON f.id = link.forward_id
  WHERE link.event_id = $1
  ORDER BY f.route, f.id LIMIT ${MOST_FORWARDS}`;

/** One event with all that is known of it and of its forwards. */
export async function readEvent(
  session: Session,
  id: string,
): Promise<EventDetail | undefined> {
  const [row] = await session.query<EventRow>(SELECT_EVENT, [id]);
  if (row === undefined) return undefined;
  const forwards = await session.query<ForwardRow>(SELECT_FORWARDS, [id]);
  const { kind, direction, contact, name, item, is_cut } = row;
  return {
    ...{ id, kind, item, isCut: is_cut },
    ...(direction !== null && { direction }),
    ...(contact !== null && { contact }),
    ...(row.user_id !== null && { userId: row.user_id }),
    ...(row.group_id !== null && { groupId: row.group_id }),
    ...(name !== null && { name }),
    ...(row.phone !== null && { phoneNumberId: row.phone }),
    ...(row.message_id !== null && { messageId: row.message_id }),
    happenedAt: row.happened.toISOString(),
    receivedAt: row.received.toISOString(),
    forwards: forwards.map(forwardOf),
  };
}

function forwardOf(row: ForwardRow): ForwardDetail {
  const { id, route, state, attempts, due, delivered, died, listed } = row;
  return {
    ...{ id, route, state, attempts },
    listed: (listed ?? []).map(attemptOf),
    ...(state === 'setAside' && { dueAt: due.toISOString() }),
    ...(delivered !== null && { deliveredAt: delivered.toISOString() }),
    ...(died !== null && { diedAt: died.toISOString() }),
  };
}

function attemptOf(row: AttemptRow): Attempt {
  const { number, at, code, status, content_type, work_order_id } = row;
  return {
    ...{ number, at: new Date(at).toISOString(), durationMs: row.duration_ms },
    ...(code !== null && { code, advice: adviceFor(code) }),
    ...(status !== null && { statusCode: status }),
    ...(content_type !== null && { contentType: content_type }),
    ...(work_order_id !== null && { workOrderId: work_order_id }),
  };
}
