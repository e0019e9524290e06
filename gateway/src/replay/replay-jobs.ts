import { nextId } from '../core/ids';
import type { Destination } from '../settings/destination';
import type { Database, Session } from '../database/database';
import { isAboutData } from '../store/webhook-store';
import { START, countForwards, replayForwards } from './replay-forwards';
import type {
  Place,
  ReplayCounts,
  ReplayOptions,
  Step,
} from './replay-forwards';
import { countEvents, replayEvents } from './replay-events';

/** A replay, and how far it is. It is done piece by piece, and each piece is noted with it. */
export type Replay = ReplayOptions &
  ReplayCounts & {
    id: string;
    state: 'running' | 'done' | 'failed';
    /** How many forwards and events it has to look at; null before it began. */
    total: number | null;
    examined: number;
    createdAt: string;
    finishedAt?: string;
  };

type Row = ReplayCounts & {
  id: string;
  state: Replay['state'];
  options: ReplayOptions;
  phase: 'forwards' | 'events';
  time: string;
  place_id: string;
  total: number | null;
  examined: number;
  created: Date;
  finished: Date | null;
};

const TABLE = 'whatsapp_gateway.replays';
const STEP_TIMEOUT = 60_000;

const COLUMNS = `id, state, options, phase, place_id, total, examined,
  delivered, dead, waiting, composed, skipped, created_at AS created, finished_at AS finished,
  CASE WHEN place_time = '-infinity' THEN '-infinity'
    ELSE to_char(place_time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') END AS time`;

/** The route that new forwards are composed for, if any are. */
const composesFor = ({ route, only, moveTo }: ReplayOptions) =>
  moveTo === undefined && only !== 'sent' ? route : undefined;

/** Notes what is to be sent again; a gateway does it. */
export async function createReplay(
  database: Database,
  options: ReplayOptions,
): Promise<Replay> {
  const phase = options.only === 'new' ? 'events' : 'forwards';
  const values = [nextId(), options, composesFor(options) ?? null, phase];
  const rows = await database.transaction(session =>
    session.query<Row>(
      `INSERT INTO ${TABLE} (id, options, composes_for, phase)
       VALUES ($1, $2, $3, $4) RETURNING ${COLUMNS}`,
      [...values.slice(0, 1), JSON.stringify(options), ...values.slice(2)],
    ),
  );
  return replayOf(rows[0] as Row);
}

export async function readReplay(
  session: Session,
  id: string,
): Promise<Replay | undefined> {
  const rows = await session.query<Row>(
    `SELECT ${COLUMNS} FROM ${TABLE} WHERE id = $1`,
    [id],
  );
  return rows[0] && replayOf(rows[0]);
}

/** The newest first. */
export async function listReplays(session: Session): Promise<Replay[]> {
  const rows = await session.query<Row>(
    `SELECT ${COLUMNS} FROM ${TABLE} ORDER BY created_at DESC, id DESC LIMIT 50`,
  );
  return rows.map(replayOf);
}

// One that another gateway works on is locked; one for a route that this
// gateway does not know is left to those that do.
const NEXT = `SELECT ${COLUMNS} FROM ${TABLE}
  WHERE state = 'running' AND (composes_for IS NULL OR composes_for = ANY($1::text[]))
    AND ($2::uuid IS NULL OR id = $2)
  ORDER BY created_at, id LIMIT 1 FOR UPDATE SKIP LOCKED`;

const NOTE = `UPDATE ${TABLE} SET state = $2, phase = $3, place_time = $4::timestamptz,
    place_id = $5, total = $6, examined = examined + $7, delivered = delivered + $8,
    dead = dead + $9, waiting = waiting + $10, composed = composed + $11, skipped = skipped + $12,
    finished_at = CASE WHEN $2::text <> 'running' THEN now() END
  WHERE id = $1`;

/**
 * Does one piece of a replay, or of this one, in a transaction that notes how
 * far it is: what was queued is queued once, whatever ends the gateway. False
 * when there is none.
 */
export async function stepReplay(
  database: Database,
  destinations: readonly Destination[],
  id?: string,
): Promise<boolean> {
  const routes = destinations.map(({ name }) => name);
  let taken: string | undefined;
  const work = async (session: Session) => {
    const [row] = await session.query<Row>(NEXT, [routes, id ?? null]);
    if (row === undefined) return false;
    taken = row.id;
    const total = row.total ?? (await countAll(session, row, destinations));
    const step = await stepOf(session, row, destinations);
    await note(session, row, step, total);
    return true;
  };
  try {
    return await database.transaction(work, STEP_TIMEOUT);
  } catch (error) {
    // One that always fails must not keep the others from being done.
    if (taken && isFault(error)) await database.query(FAIL, [taken]);
    throw error;
  }
}

async function countAll(
  session: Session,
  { options }: Row,
  destinations: readonly Destination[],
): Promise<number> {
  const route = composesFor(options);
  const forwards =
    options.only === 'new' ? 0 : await countForwards(session, options);
  if (route === undefined) return forwards;
  return (
    forwards + (await countEvents(session, options, { route, destinations }))
  );
}

function stepOf(
  session: Session,
  { options, phase, time, place_id }: Row,
  destinations: readonly Destination[],
): Promise<Step> {
  const place = { time, id: place_id };
  const route = composesFor(options);
  return phase === 'events' && route !== undefined
    ? replayEvents(session, options, { route, destinations }, place)
    : replayForwards(session, options, place);
}

async function note(
  session: Session,
  { id, phase, options }: Row,
  { counts, examined, place }: Step,
  total: number,
): Promise<void> {
  const isLast = phase === 'events' || composesFor(options) === undefined;
  const isDone = place === undefined && isLast;
  const next: Place = place ?? START;
  await session.query(NOTE, [
    ...[id, isDone ? 'done' : 'running'],
    ...[place === undefined && !isLast ? 'events' : phase, next.time, next.id],
    ...[total, examined, counts.delivered ?? 0, counts.dead ?? 0],
    ...[counts.waiting ?? 0, counts.composed ?? 0, counts.skipped ?? 0],
  ]);
}

/** What fails again when it is repeated. */
const isFault = (error: unknown) =>
  isAboutData(error) ||
  error instanceof TypeError ||
  error instanceof RangeError;

const FAIL = `UPDATE ${TABLE} SET state = 'failed', finished_at = now() WHERE id = $1`;

function replayOf(row: Row): Replay {
  const { id, state, options, total, examined, created, finished } = row;
  const { delivered, dead, waiting, composed, skipped } = row;
  return {
    ...{ id, state, ...options, total, examined },
    ...{ delivered, dead, waiting, composed, skipped },
    createdAt: created.toISOString(),
    ...(finished !== null && { finishedAt: finished.toISOString() }),
  };
}
