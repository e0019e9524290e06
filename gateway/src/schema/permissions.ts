import { GatewayError, codeOf } from '../core/errors';
import type { Database } from '../database/database';

const SCHEMA = 'whatsapp_gateway';

/** Whether PostgreSQL refused for want of a right. */
export function isDenied(error: unknown): boolean {
  return codeOf(error) === '42501';
}

type Names = { role: string; database: string };

/** Names the role, and what its administrator has to grant. */
export async function explainDenied(
  database: Database,
  cause: unknown,
): Promise<GatewayError> {
  const [names] = await database.query<Names>(
    `SELECT format('%I', current_user) AS role,
       format('%I', current_database()) AS database`,
  );
  const { role = '', database: name = '' } = names ?? {};
  return new GatewayError(
    'RIGHTS_MISSING',
    `The role ${role} may not make or change the tables of the gateway in the database ${name}.`,
    `As an administrator, run GRANT CREATE ON DATABASE ${name} TO ${role}; or make the tables with another role: openfn-whatsapp-gateway migrate --grant-to ${role}`,
    cause,
  );
}

// A list of rights in one call would ask for any of them.
const MISSING_ACCESS = `
  SELECT relname AS name, format('%I', current_user) AS role
  FROM pg_catalog.pg_class
  WHERE relnamespace = '${SCHEMA}'::regnamespace AND (
    (relkind = 'r' AND NOT (
      has_table_privilege(oid, 'SELECT') AND has_table_privilege(oid, 'INSERT')
      AND has_table_privilege(oid, 'UPDATE') AND has_table_privilege(oid, 'DELETE')))
    OR (relkind = 'S' AND NOT has_sequence_privilege(oid, 'USAGE')))
  ORDER BY relname`;

/** Fails when the role may not read and write everything: better at the start than at a webhook. */
export async function checkAccess(database: Database): Promise<void> {
  const missing = await database.query<{ name: string; role: string }>(
    MISSING_ACCESS,
  );
  const [first] = missing;
  if (first === undefined) return;
  const names = missing.map(({ name }) => `${SCHEMA}.${name}`).join(', ');
  throw new GatewayError(
    'RIGHTS_MISSING',
    `The role ${first.role} may not read and write all of the gateway's tables: ${names}.`,
    `As the owner of the tables, run openfn-whatsapp-gateway migrate --grant-to ${first.role}`,
  );
}

/** Lets a role read and write the tables, also those of later versions, and make none. */
export async function grantTo(database: Database, role: string): Promise<void> {
  const [quoted] = await database.query<{ role: string }>(
    `SELECT format('%I', $1::text) AS role FROM pg_roles WHERE rolname = $1`,
    [role],
  );
  if (quoted === undefined) {
    throw new GatewayError(
      'UNKNOWN_ROLE',
      'This PostgreSQL has no role of the name in --grant-to.',
      'Make it with CREATE ROLE, or correct the name.',
    );
  }
  await database.run(`
    GRANT USAGE ON SCHEMA ${SCHEMA} TO ${quoted.role};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${SCHEMA} TO ${quoted.role};
    GRANT USAGE, UPDATE ON ALL SEQUENCES IN SCHEMA ${SCHEMA} TO ${quoted.role};
    ALTER DEFAULT PRIVILEGES IN SCHEMA ${SCHEMA}
      GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${quoted.role};
    ALTER DEFAULT PRIVILEGES IN SCHEMA ${SCHEMA}
      GRANT USAGE, UPDATE ON SEQUENCES TO ${quoted.role}`);
}
