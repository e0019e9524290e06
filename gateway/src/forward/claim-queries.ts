import { FORWARDS, addRuns } from '../schema/forwards';

// What is claimed next. The parameters of all: $1 the route, $2 how many, $3 the
// lease, $4 its seconds; $5 is the person after whom to go on.

// A lease that ends far in the future was given before the clock was set back.
const IS_FREE = `(leased_until IS NULL OR leased_until < now()
  OR leased_until > now() + 2 * $4 * interval '1 second')`;

const IS_FIRST_OF_PERSON = `(person IS NULL OR NOT EXISTS (
  SELECT 1 FROM ${FORWARDS} earlier
  WHERE earlier.route = f.route AND earlier.state = 'waiting' AND earlier.person = f.person
    AND (earlier.seq, earlier.id) < (f.seq, f.id)))`;

/** Those that are no person's in particular and never failed by themselves, the oldest first. */
export const CLAIM_NEW = claimFrom(`
  SELECT id FROM ${FORWARDS} f
  WHERE route = $1 AND state = 'waiting' AND person IS NULL AND tries = 0 AND ${IS_FREE}
  ORDER BY seq, id LIMIT $2 FOR UPDATE SKIP LOCKED`);

/** Those that failed, and whose time has come. */
export const CLAIM_RETRIES = claimFrom(`
  SELECT id FROM ${FORWARDS} f
  WHERE route = $1 AND state = 'waiting' AND tries > 0 AND due_at <= now()
    AND ${IS_FREE} AND ${IS_FIRST_OF_PERSON}
  ORDER BY due_at, id LIMIT $2 FOR UPDATE SKIP LOCKED`);

const COLUMNS = 'person, id, seq, tries, attempts, leased_until';

// The first forward of each person, from person to person in the index: the
// cost grows with the persons that wait, not with their messages.
const firstAfter = (person: string) => `
  SELECT ${COLUMNS} FROM ${FORWARDS}
  WHERE route = $1 AND state = 'waiting' AND person > ${person}
  ORDER BY person, seq, id LIMIT 1`;

const heads = (person: string) => `heads AS (
  (${firstAfter(person)})
  UNION ALL
  SELECT next.* FROM heads CROSS JOIN LATERAL (${firstAfter('heads.person')}) next)`;

/** The first of each person, unless it failed; one person after the other. */
export const CLAIM_OF_PERSONS = claimFrom(`
  WITH RECURSIVE ${heads('$5')}
  ${lock(`SELECT id FROM heads WHERE tries = 0 AND ${IS_FREE} LIMIT $2`)}`);

const UNTRIED = `SELECT id, seq, attempts FROM ${FORWARDS}
  WHERE route = $1 AND state = 'waiting' AND person IS NULL AND tries = 0
    AND ${IS_FREE}`;

// So that many in a row that are refused are not all that is tried.
const ANYWHERE = `(SELECT (first + floor(random() * (last - first + 1)))::bigint
  FROM (SELECT min(seq) AS first, max(seq) AS last FROM ${FORWARDS}
    WHERE route = $1 AND state = 'waiting' AND person IS NULL AND tries = 0) AS ends)`;

/**
 * One of the least tried, whether it is due or not: what failed often may be
 * refused by a destination that is well.
 */
export const CLAIM_PROBE = claimFrom(`
  WITH RECURSIVE ${heads("''")},
  candidates AS (
    (SELECT 0 AS rank, * FROM (${UNTRIED} AND attempts = 0 AND seq >= ${ANYWHERE}
      ORDER BY seq, id LIMIT 1) AS anywhere)
    UNION ALL (SELECT 0, id, seq, attempts FROM heads WHERE ${IS_FREE})
    UNION ALL (SELECT 1, * FROM (${UNTRIED} AND attempts = 0
      ORDER BY seq, id LIMIT 1) AS oldest)
    UNION ALL (SELECT 1, * FROM (${UNTRIED} ORDER BY seq, id LIMIT 1000) AS untried)
    UNION ALL (SELECT 1, id, seq, attempts FROM ${FORWARDS}
      WHERE route = $1 AND state = 'waiting' AND person IS NULL AND tries > 0
        AND ${IS_FREE} ORDER BY due_at LIMIT 1000))
  ${lock('SELECT id FROM candidates ORDER BY attempts, rank, random() LIMIT $2')}`);

/** Locks those that are still free; no other gateway waits for them, or is waited for. */
function lock(candidates: string): string {
  return `SELECT id FROM ${FORWARDS}
    WHERE id = ANY(ARRAY(${candidates})) AND state = 'waiting' AND ${IS_FREE}
    FOR UPDATE SKIP LOCKED`;
}

/** A body that is large is loaded when its turn comes. */
function claimFrom(candidates: string): string {
  return `WITH claimed AS MATERIALIZED (${candidates}),
    runs AS (${addRuns('SELECT $1::text AS route, count(*)::integer AS count FROM claimed')})
    UPDATE ${FORWARDS} f
    SET leased_by = $3, leased_until = now() + $4 * interval '1 second'
    FROM claimed WHERE f.id = claimed.id
    RETURNING f.id, f.leased_by AS lease, f.person, f.seq::float8 AS seq, f.attempts, f.tries,
      CASE WHEN octet_length(f.body) <= 65536 THEN f.body END AS body`;
}
