import { TABLES } from '../backup/format';
import type { Table } from '../backup/format';
import type { Database, Session } from '../database/database';

/** A row that was added, changed or deleted; its key as texts. */
export type Change = { seq: number; name: string; key: string[] };

const CHANGES = 'whatsapp_gateway.changes';
const MOST = 1000;

/**
 * From now on each row that changes is noted, in the transaction that changes
 * it. What an earlier move noted is forgotten.
 */
export async function startChanges(source: Database): Promise<void> {
  await stopChanges(source);
  await source.run(`
    CREATE TABLE ${CHANGES} (
      seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      name text NOT NULL,
      key text[] NOT NULL);
    ${TABLES.map(triggerOf).join('\n')}`);
}

function triggerOf({ name, key }: Table): string {
  const note = (row: 'OLD' | 'NEW') =>
    `INSERT INTO ${CHANGES} (name, key) VALUES ('${name}',
       ARRAY[${key.map(column => `${row}.${column}::text`).join(', ')}]);`;
  return `
    CREATE FUNCTION ${functionOf(name)} RETURNS trigger LANGUAGE plpgsql AS $note$
    BEGIN
      IF TG_OP = 'DELETE' THEN ${note('OLD')} ELSE ${note('NEW')} END IF;
      RETURN NULL;
    END $note$;
    CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE
      ON whatsapp_gateway.${name}
      FOR EACH ROW EXECUTE FUNCTION ${functionOf(name)};`;
}

const functionOf = (name: string) => `whatsapp_gateway.note_${name}()`;

/** Ends that; also what a gateway left that was killed in the middle of a move. */
export async function stopChanges(source: Database): Promise<void> {
  const [found] = await source.query<{ isThere: boolean }>(
    `SELECT to_regclass('${CHANGES}') IS NOT NULL AS "isThere"`,
  );
  if (found?.isThere !== true) return;
  const functions = TABLES.map(({ name }) => functionOf(name));
  await source.run(`
    DROP FUNCTION IF EXISTS ${functions.join(', ')} CASCADE;
    DROP TABLE ${CHANGES}`);
}

/** The place of the last change; 0 when there is none. */
export async function lastChange(session: Session): Promise<number> {
  const [row] = await session.query<{ seq: number }>(
    `SELECT coalesce(max(seq), 0)::float8 AS seq FROM ${CHANGES}`,
  );
  return row?.seq ?? 0;
}

/** Some changes after a place, in their order. */
export function readChanges(session: Session, after: number) {
  return session.query<Change>(
    `SELECT seq::float8 AS seq, name, key FROM ${CHANGES}
     WHERE seq > $1 ORDER BY seq LIMIT ${MOST}`,
    [after],
  );
}
