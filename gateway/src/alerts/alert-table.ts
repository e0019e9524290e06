import type { Database, Session } from '../database/database';
import { recoveryOf } from './catalog';
import type { Alert, AlertCode, Details } from './catalog';

/** An alert that this gateway is to send. */
export type ClaimedAlert = Required<Alert> & { attempts: number };

/** The alerts in the database, shared by all gateways; times are its own. */
export interface AlertTable {
  add(alert: Alert): Promise<void>;
  /** Adds alerts in a transaction. */
  addIn(session: Session, alerts: Alert[]): Promise<void>;
  /** It is over: when it was noted, its recovery is added, by one gateway. Returns whether it was. */
  resolve(code: AlertCode, subject: string): Promise<boolean>;
  /** One that is due, for so many seconds this gateway's own. */
  claim(seconds: number): Promise<ClaimedAlert | undefined>;
  /** It was sent; the next of its kind has to wait for so many seconds. */
  sent(alert: ClaimedAlert, seconds: number): Promise<void>;
  /** It failed; it is due again after so many seconds, or dropped. */
  failed(alert: ClaimedAlert, seconds: number | undefined): Promise<void>;
}

const TABLE = 'whatsapp_gateway.alerts';

const ADD = `
  INSERT INTO ${TABLE} AS alerts (code, subject, details, count, is_open)
  VALUES ($1, $2, $3::json, $4, $5)
  ON CONFLICT (code, subject) DO UPDATE SET details = EXCLUDED.details,
    count = alerts.count + EXCLUDED.count, is_open = EXCLUDED.is_open
  -- What lasts is noted once, whichever gateway sees it first.
  WHERE NOT alerts.is_open`;

const DROP = `UPDATE ${TABLE} SET count = 0, attempts = 0
  WHERE code = $1 AND subject = $2`;

const CLOSE = `UPDATE ${TABLE} SET is_open = false, count = 0, attempts = 0
  WHERE code = $1 AND subject = $2 AND is_open RETURNING code`;

const CLAIM = `
  UPDATE ${TABLE} AS alerts
  SET attempts = attempts + 1, due_at = now() + $1 * interval '1 second'
  FROM (
    SELECT code, subject FROM ${TABLE}
    WHERE count > 0 AND due_at <= now()
    ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED) AS due
  WHERE alerts.code = due.code AND alerts.subject = due.subject
  RETURNING alerts.code, alerts.subject, details, count, attempts`;

const SENT = `UPDATE ${TABLE} SET count = greatest(count - $3, 0),
    attempts = 0, due_at = now() + $4 * interval '1 second'
  WHERE code = $1 AND subject = $2`;

const FAILED = `UPDATE ${TABLE} SET due_at = now() + $3 * interval '1 second'
  WHERE code = $1 AND subject = $2`;

export function createAlertTable(database: Database): AlertTable {
  return {
    add: alert => addTo(database, alert),
    async addIn(session, alerts) {
      // In the same order everywhere, so that two gateways never wait for each other.
      for (const alert of [...alerts].sort(byKey)) await addTo(session, alert);
    },
    async resolve(code, subject) {
      const recovery = recoveryOf(code);
      const closed = await database.query(CLOSE, [code, subject]);
      if (recovery === undefined || closed.length === 0) return false;
      await addTo(database, { code: recovery, subject });
      return true;
    },
    async claim(seconds) {
      const [row] = await database.query<ClaimedAlert>(CLAIM, [seconds]);
      return row;
    },
    async sent({ code, subject, count }, seconds) {
      await database.query(SENT, [code, subject, count, seconds]);
    },
    async failed({ code, subject }, seconds) {
      if (seconds === undefined) await database.query(DROP, [code, subject]);
      else await database.query(FAILED, [code, subject, seconds]);
    },
  };
}

async function addTo(session: Session, alert: Alert): Promise<void> {
  const { code, count = 1 } = alert;
  // What Meta names is stored with its webhook, which must not fail of it.
  const subject = alert.subject.replaceAll('\0', '');
  const details: Details = alert.details ?? {};
  const recovery = recoveryOf(code);
  // That it was over would be news of the past.
  if (recovery !== undefined) await session.query(DROP, [recovery, subject]);
  const values = [code, subject, JSON.stringify(details), count];
  await session.query(ADD, [...values, recovery !== undefined]);
}

const keyOf = ({ code, subject }: Alert) => `${code} ${subject}`;

const byKey = (a: Alert, b: Alert) => (keyOf(a) < keyOf(b) ? -1 : 1);
