import { PLANNED_ONCE } from './conversation-functions';

/** The outbox. */
export const FORWARDS = 'whatsapp_gateway.forwards';

/** What makes a forward one that is sent again: with the same body and ID, and as much time as a new one. */
export const SEND_AGAIN = `state = 'waiting', tries = 0, due_at = now(),
  died_at = NULL, delivered_at = NULL`;

/** How many runs each route has started, by the minute. */
export const ROUTE_RUNS = 'whatsapp_gateway.route_runs';

/**
 * Adds to the runs of a route. A forward counts from when it is claimed, so that
 * gateways that claim at the same time stay within the budget together; what was
 * put back, or has surely started no run, is subtracted again. `rows` are the
 * columns route and count.
 */
export const addRuns = (rows: string) => `
  INSERT INTO ${ROUTE_RUNS} AS runs (route, minute, count)
  SELECT route, date_trunc('minute', now()), count FROM (${rows}) AS rows
  WHERE count <> 0
  ON CONFLICT (route, minute) DO UPDATE SET count = runs.count + excluded.count`;

/** The runs to subtract for rows with a route. */
export const subtractRuns = (rows: string) =>
  `SELECT route, -count(*)::integer AS count FROM ${rows} GROUP BY route`;

/** After a failure with another code, surely no run was started. */
const STARTED_NO_RUN =
  "code IS NOT NULL AND code NOT IN ('TIMEOUT', 'CONNECTION_LOST')";

const MOST_ATTEMPTS_KEPT = 50;

/** Records the results of attempts, where the lease is still theirs. */
export const RECORD_ATTEMPTS = `
  CREATE OR REPLACE FUNCTION whatsapp_gateway.note_attempts(results json)
  RETURNS void LANGUAGE plpgsql ${PLANNED_ONCE} AS $$
  DECLARE ids uuid[];
  BEGIN
    -- So that they are looked up, even if the plan was made when there were few.
    SELECT array_agg(id) INTO ids FROM json_to_recordset(results) AS result (id uuid);

    WITH result AS (
      SELECT * FROM json_to_recordset(results) AS result (
        id uuid, lease uuid, state text, tries integer, delay float, duration_ms integer,
        code text, status integer, content_type text, work_order_id text)),
    noted AS (
      UPDATE ${FORWARDS} f SET
        state = result.state, tries = result.tries, attempts = f.attempts + 1,
        due_at = now() + result.delay * interval '1 second', last_attempt_at = now(),
        last_code = result.code, last_status = result.status,
        died_at = CASE WHEN result.state = 'dead' THEN now() END,
        delivered_at = CASE WHEN result.state = 'delivered' THEN now() END,
        leased_by = NULL, leased_until = NULL
      FROM result
      WHERE f.id = ANY(ids) AND f.id = result.id AND f.leased_by = result.lease AND f.state = 'waiting'
      RETURNING f.id, f.route, f.attempts, result.duration_ms, result.code,
        result.status, result.content_type, result.work_order_id),
    without_run AS (SELECT route FROM noted WHERE ${STARTED_NO_RUN}),
    runs AS (${addRuns(subtractRuns('without_run'))}),
    trimmed AS (
      DELETE FROM whatsapp_gateway.attempts old USING noted
      WHERE old.forward_id = noted.id AND noted.attempts > ${MOST_ATTEMPTS_KEPT}
        AND old.number <= noted.attempts - ${MOST_ATTEMPTS_KEPT})
    INSERT INTO whatsapp_gateway.attempts (
      forward_id, number, duration_ms, code, status, content_type, work_order_id)
    SELECT id, attempts, duration_ms, code, status, content_type, work_order_id
    FROM noted
    ON CONFLICT DO NOTHING;
  END $$`;
