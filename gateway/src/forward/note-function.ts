import { PLANNED_ONCE } from '../store/conversation-functions';
import { STARTED_NO_RUN, addRuns, takenOff } from './budget';
import { FORWARDS } from './lanes';

const MOST_ATTEMPTS_KEPT = 50;

/** Notes what came of attempts, where the lease is still theirs. */
export const NOTE_ATTEMPTS = `
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
    runs AS (${addRuns(takenOff('without_run'))}),
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
