import { mask } from '../../../src/phone';
import type { Kind } from '../settings/forwarding';
import { writeCursor } from '../store/cursor';
import type { Place } from '../store/cursor';
import type { Session } from '../database/database';
import type { EventFilter, EventPage, ForwardState, ListedEvent } from './api';
import { STATE, findEvents } from './find-events';

type Row = {
  id: string;
  time: string;
  kind: Kind;
  direction: 'in' | 'out' | null;
  person: string | null;
  phone: string | null;
  detail: string | null;
  states: ForwardState[] | null;
};

// Words of Meta at the beginning of an event, found without reading all of it:
// inside texts that people wrote, quotes are escaped.
const DETAIL = `substring(left(item, 4000)
  from '"(?:type|status|event|field)":"([A-Za-z_]{1,40})"')`;

const COLUMNS = `kind, direction, phone_number_id AS phone,
  coalesce(contact, user_id, group_id) AS person, ${DETAIL} AS detail,
  (SELECT array_agg(DISTINCT ${STATE})
   FROM whatsapp_gateway.event_forwards AS link
   JOIN whatsapp_gateway.forwards AS f ON f.id = link.forward_id
   WHERE link.event_id = events.id) AS states`;

const LIMIT = 50;

/** A page of events, the latest first. It may be empty although others follow. */
export async function listEvents(
  session: Session,
  filter: EventFilter,
  after: Place | undefined,
): Promise<EventPage> {
  const { rows, next } = await findEvents<Row>(session, COLUMNS, {
    ...{ filter, after, order: 'DESC', limit: LIMIT },
  });
  const data = rows.map(listed);
  if (next === undefined) return { data };
  const searchedTo = new Date(next.time).toISOString();
  return { data, after: writeCursor(next), searchedTo };
}

function listed(row: Row): ListedEvent {
  const { id, kind, time, direction, person, phone, detail, states } = row;
  return {
    ...{ id, kind, receivedAt: new Date(time).toISOString() },
    ...(detail !== null && { detail }),
    ...(direction !== null && { direction }),
    ...(person !== null && { person: mask(person) }),
    ...(phone !== null && { phoneNumberId: phone }),
    states: states ?? [],
  };
}
