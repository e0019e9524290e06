import type { Logger } from '../core/logger';
import type { Metrics } from '../core/metrics';
import type { Session } from '../database/database';
import type { AlertTable, ClaimedAlert } from './alert-table';
import { recoveryOf } from './catalog';
import type { Alert, AlertCode } from './catalog';
import type { PostAlert } from './post-alert';

/** Takes alerts from anywhere in the gateway. It never throws, and nobody waits for it. */
export interface Alerts {
  raise(alert: Alert): void;
  /** Keeps alerts in the transaction that stores what they are about: both are there, or neither. */
  keep(session: Session, alerts: Alert[]): Promise<void>;
  /** The transaction with these alerts is over. */
  announce(alerts: Alert[]): void;
  /** What lasts, such as DESTINATION_DOWN, is over; also when it was never raised. */
  resolve(code: AlertCode, subject: string): void;
  /** Keeps what is not sent for the next start. */
  stop(): Promise<void>;
}

type Change = { alert: Alert; isResolved: boolean };

type Parts = {
  table: AlertTable;
  post: PostAlert;
  log: Logger;
  metrics: Metrics;
  timing?: Partial<AlertTiming>;
};

/** Milliseconds between looks at the table; the rest in seconds. */
type AlertTiming = {
  poll: number;
  /** Between two alerts of the same kind about the same thing. */
  interval: number;
  /** For how long an alert that is being sent is this gateway's own. */
  lease: number;
  /** Waits after failed attempts; after the last one an alert is dropped. */
  retries: number[];
};

const DEFAULT_TIMING: AlertTiming = {
  poll: 15_000,
  interval: 3600,
  lease: 30,
  retries: [5, 30, 120, 600],
};

/** Sends alerts, each at most once an hour, from whichever gateway comes first. */
export function startAlerts({ timing, ...parts }: Parts): Alerts {
  const alerter = new Alerter({
    ...parts,
    timing: { ...DEFAULT_TIMING, ...timing },
  });
  alerter.wake();
  return alerter;
}

/** Without ALERT_URL alerts are lines of the log, each at most once an hour. */
export function logAlerts(log: Logger): Alerts {
  const heldBack = new Map<string, { saidAt: number; count: number }>();
  const alerts: Alerts = {
    raise(alert) {
      const key = `${alert.code} ${alert.subject}`;
      const { saidAt, count } = heldBack.get(key) ?? NEVER;
      const isDue =
        performance.now() - saidAt >= DEFAULT_TIMING.interval * 1000;
      const next = isDue
        ? { saidAt: performance.now(), count: 0 }
        : { saidAt, count: count + 1 };
      heldBack.set(key, next);
      if (isDue) logAlert(log, { ...alert, count: count + 1 });
    },
    keep: () => Promise.resolve(),
    announce: all => all.forEach(alert => alerts.raise(alert)),
    resolve: (code, subject) => void heldBack.delete(`${code} ${subject}`),
    stop: () => Promise.resolve(),
  };
  return alerts;
}

const NEVER = { saidAt: -Infinity, count: 0 };

function logAlert(log: Logger, { code, subject, details, count = 1 }: Alert) {
  log.warn({ alert: code, subject, details, count }, 'alert');
}

class Alerter implements Alerts {
  readonly #changes = new Map<string, Change>();
  readonly #stopping = new AbortController();
  readonly #timer: NodeJS.Timeout;
  /** When what the database could not take was last sent, by code and subject. */
  readonly #sentAt = new Map<string, number>();
  /** What was sent without the database and may have to be resolved. */
  readonly #unrecorded = new Set<string>();
  #isChanged = false;
  #working: Promise<void> | undefined;

  constructor(readonly parts: Required<Parts> & { timing: AlertTiming }) {
    this.#timer = setInterval(() => this.wake(), parts.timing.poll).unref();
  }

  raise(alert: Alert): void {
    logAlert(this.parts.log, alert);
    this.#change({ alert, isResolved: false });
  }

  keep(session: Session, alerts: Alert[]): Promise<void> {
    return this.parts.table.addIn(session, alerts);
  }

  announce(alerts: Alert[]): void {
    if (alerts.length === 0) return;
    for (const alert of alerts) logAlert(this.parts.log, alert);
    this.#isChanged = true;
    this.wake();
  }

  resolve(code: AlertCode, subject: string): void {
    this.#change({ alert: { code, subject }, isResolved: true });
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#stopping.abort();
    await this.#working;
    await this.#record().catch(() => undefined);
  }

  wake(): void {
    if (this.#stopping.signal.aborted) return;
    this.#working ??= this.#work().finally(() => {
      this.#working = undefined;
      if (this.#isChanged) this.wake();
    });
  }

  #change(change: Change): void {
    this.#keep(change);
    this.#isChanged = true;
    this.wake();
  }

  /** At the end, so that the table sees the changes in their order. */
  #keep({ alert, isResolved }: Change): void {
    const key = keyOf(alert.code, alert.subject);
    const before = this.#changes.get(key);
    const isMore = before !== undefined && !before.isResolved && !isResolved;
    const more = isMore ? (before.alert.count ?? 1) : 0;
    const count = (alert.count ?? 1) + more;
    this.#changes.delete(key);
    this.#changes.set(key, { alert: { ...alert, count }, isResolved });
  }

  async #work(): Promise<void> {
    try {
      await this.#record();
      while (!this.#stopping.signal.aborted) {
        const alert = await this.parts.table.claim(this.parts.timing.lease);
        if (alert === undefined) return;
        await this.#send(alert);
      }
    } catch (err) {
      this.parts.log.warn({ err }, 'the alerts cannot be reached');
    }
  }

  /** What the database does not take is kept until the next look. */
  async #record(): Promise<void> {
    this.#isChanged = false;
    for (const [key, change] of [...this.#changes]) {
      const { alert, isResolved } = change;
      const { table } = this.parts;
      this.#changes.delete(key);
      try {
        if (isResolved) await this.#resolve(alert);
        else await table.add(alert);
      } catch (error) {
        const isSent = !isResolved && (await this.#sendUnrecorded(alert));
        // What came meanwhile is newer.
        const isOld = isResolved && this.#changes.has(key);
        if (!isSent && !isOld) this.#keep(change);
        throw error;
      }
    }
  }

  async #resolve({ code, subject }: Alert): Promise<void> {
    const { table } = this.parts;
    const isNoted = await table.resolve(code, subject);
    const isSent = this.#unrecorded.delete(keyOf(code, subject));
    const recovery = recoveryOf(code);
    if (isNoted || !isSent || recovery === undefined) return;
    await table.add({ code: recovery, subject });
  }

  /** Without the database each gateway sends its own alert. Returns whether it did. */
  async #sendUnrecorded(alert: Alert): Promise<boolean> {
    const key = keyOf(alert.code, alert.subject);
    const last = this.#sentAt.get(key) ?? -Infinity;
    const isDue = performance.now() - last >= this.parts.timing.interval * 1000;
    if (!isDue) return false;
    const failure = await this.#post(alert);
    this.#count(alert.code, failure);
    if (failure !== undefined) return false;
    this.#sentAt.set(key, performance.now());
    this.#unrecorded.add(key);
    return true;
  }

  async #send(alert: ClaimedAlert): Promise<void> {
    const { table, timing, log } = this.parts;
    const failure = await this.#post(alert);
    this.#count(alert.code, failure);
    if (failure === undefined) return table.sent(alert, timing.interval);
    const wait = timing.retries[alert.attempts - 1];
    const { code, subject, attempts } = alert;
    const facts = { alert: code, subject, code: failure, attempts };
    if (wait === undefined) log.error(facts, 'an alert was dropped');
    return table.failed(alert, wait);
  }

  #post(alert: Alert): Promise<string | undefined> {
    return this.parts.post(alert, this.#stopping.signal);
  }

  #count(alert: AlertCode, failure: string | undefined): void {
    const { metrics, log } = this.parts;
    metrics.alerts.inc({ result: failure ?? 'sent' });
    if (failure === undefined) log.info({ alert }, 'an alert was sent');
    else log.warn({ alert, code: failure }, 'an alert failed');
  }
}

const keyOf = (code: AlertCode, subject: string) => `${code} ${subject}`;
