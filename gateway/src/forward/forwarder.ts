import type { Alerts } from '../alerts/alerter';
import type { Logger } from '../logger';
import type { Metrics } from '../metrics';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAlarm } from './alarm';
import { deliveredResult, failedResult } from './attempt';
import type { Attempt } from './attempt';
import { createCircuitBreaker } from './circuit-breaker';
import type { Deliver } from './deliver';
import type { Destination } from '../settings/destination';
import { Held } from './held';
import type { Outbox, Parcel } from './outbox';
import { adviceFor } from './outcome';
import type { Failure } from './outcome';
import type { Pace } from './pace';
import { createRecords } from './records';

type Parts = {
  destination: Pick<Destination, 'name' | 'concurrency' | 'giveUpAfter'>;
  outbox: Outbox;
  deliver: Deliver;
  pace: Pace;
  /** Whether an operator wants nothing to be sent. */
  isPaused: () => boolean;
  alerts: Alerts;
  log: Logger;
  metrics: Metrics;
};

const MOST_TAKEN = 50;

/** Sends what is stored for one destination on to it, the oldest first. */
export class Forwarder {
  readonly #alarm = createAlarm();
  readonly #breaker;
  readonly #records;
  readonly #held;
  readonly #queue: Parcel[] = [];
  readonly #active = new Set<Promise<void>>();
  #isStopping = false;
  /** Whether others know how the destination is: a gateway before may have said that it is down. */
  #reported: 'up' | 'down' | undefined;
  /** Whether there may be something to take. */
  #hasMore = true;
  /** Whether it has only just been stored. */
  #isNew = false;
  #tookAt = -Infinity;
  #mustPutBack = false;
  #running: Promise<void> = Promise.resolve();

  constructor(readonly parts: Parts) {
    const { outbox, log, pace } = parts;
    this.#breaker = createCircuitBreaker(pace);
    this.#records = createRecords(outbox, log);
    this.#held = new Held(outbox, pace.lease, log);
  }

  start(): void {
    this.#running = this.#run();
  }

  /** There may be something new. */
  wake(): void {
    this.#isNew = true;
    this.#look();
  }

  /** Operators have set something else: what is not on the way is taken anew. */
  reconsider(): void {
    this.#mustPutBack = true;
    this.#look();
  }

  #look(): void {
    this.#hasMore = true;
    this.#alarm.ring();
  }

  /** Finishes what is on the way, and puts back the rest. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#alarm.ring();
    await this.#running;
    await Promise.all(this.#active);
    await this.#records.close();
    await this.#held.close();
  }

  async #run(): Promise<void> {
    const { pace, log } = this.parts;
    while (!this.#isStopping) {
      try {
        await this.#fill();
      } catch (err) {
        log.warn({ err }, 'the forwards cannot be reached');
        await this.#alarm.sleep(pace.poll);
      }
      this.#begin();
      await this.#alarm.sleep(this.#untilNext());
    }
  }

  /** Until something may be due; the end of an attempt and what is stored ring before. */
  #untilNext(): number {
    const { poll } = this.parts.pace;
    const { isOpen, pause } = this.#breaker;
    if (pause > 0) return pause;
    const isBusy = isOpen ? this.#active.size > 0 : !this.#hasRoom;
    if (isBusy || this.parts.isPaused()) return poll;
    if (this.#hasMore) return 0;
    return Math.max(0, this.#tookAt + poll - performance.now());
  }

  get #hasRoom(): boolean {
    return this.#queue.length < this.parts.destination.concurrency;
  }

  async #fill(): Promise<void> {
    if (this.#isStopping) return;
    if (this.#mustPutBack) {
      this.#mustPutBack = false;
      await this.#held.release(this.#queue.splice(0));
    }
    if (this.parts.isPaused() || this.#breaker.pause > 0) return;
    if (this.#breaker.isOpen) return this.#fillProbe();
    const { outbox, pace } = this.parts;
    const isDue = performance.now() - this.#tookAt >= pace.poll;
    if (!this.#hasRoom || !(this.#hasMore || isDue)) return;
    this.#hasMore = false;
    // More may come at once, and taking one by one costs the most.
    const isIdle = this.#queue.length + this.#active.size === 0;
    if (isIdle && this.#isNew) await sleep(pace.gather);
    this.#isNew = false;
    await this.#take(() => outbox.take(MOST_TAKEN - this.#queue.length));
  }

  /** One request tells whether the destination is well again. */
  async #fillProbe(): Promise<void> {
    this.#hasMore = false;
    await this.#held.release(this.#queue.splice(0));
    if (this.#active.size > 0) return;
    await this.#take(() => this.parts.outbox.takeProbe());
  }

  async #take(take: () => Promise<Parcel[]>): Promise<void> {
    const askedAt = (this.#tookAt = performance.now());
    const taken = await take();
    this.#held.add(taken, askedAt);
    this.#queue.push(...taken);
    if (taken.length > 0) this.#hasMore = true;
  }

  #begin(): void {
    const most = this.#breaker.isOpen ? 1 : this.parts.destination.concurrency;
    while (
      !this.#isStopping &&
      !this.parts.isPaused() &&
      this.#breaker.pause === 0 &&
      this.#active.size < most
    ) {
      const parcel = this.#queue.shift();
      if (parcel === undefined) return;
      if (!this.#held.has(parcel)) {
        // Else its lease would be renewed for ever, and nobody would send it.
        this.#held.drop(parcel);
        continue;
      }
      const attempt = this.#attempt(parcel).finally(() => {
        this.#active.delete(attempt);
        this.#alarm.ring();
      });
      this.#active.add(attempt);
    }
  }

  async #attempt(parcel: Parcel): Promise<void> {
    const { outbox, deliver, metrics, log, destination } = this.parts;
    const route = destination.name;
    try {
      const body = parcel.body ?? (await outbox.loadBody(parcel));
      if (body === undefined) return this.#held.drop(parcel);
      const end = metrics.forwardSeconds.startTimer({ route });
      const startedAt = performance.now();
      const outcome = await deliver(body, parcel.id);
      end();
      const duration = performance.now() - startedAt;
      this.#note({ parcel, outcome, startedAt, duration });
    } catch (err) {
      log.warn({ err }, 'a forward cannot be loaded');
      this.#held.drop(parcel);
    }
  }

  #note(attempt: Attempt): void {
    const { parcel, outcome } = attempt;
    const result = outcome.isDelivered
      ? deliveredResult(attempt, outcome.workOrderId)
      : this.#failed({ ...attempt, outcome });
    if (outcome.isDelivered) this.#succeeded();
    void this.#records.add(result).then(() => {
      this.#held.drop(parcel);
      // The next one of the person may go now.
      if (parcel.person !== null) this.#look();
    });
  }

  #failed(attempt: Attempt & { outcome: Failure }) {
    const { pace, log, metrics, destination } = this.parts;
    const { giveUpAfter } = destination;
    const { id, attempts } = attempt.parcel;
    const { code } = attempt.outcome;
    const rules = { breaker: this.#breaker, pace, giveUpAfter };
    const result = failedResult(attempt, rules);
    metrics.forwards.inc({ result: code, route: destination.name });
    const facts = { forward: id, code, attempts: attempts + 1 };
    const { state } = result;
    log.warn({ ...facts, state, fix: adviceFor(code) }, 'a forward failed');
    this.#alert(code, state === 'dead');
    return result;
  }

  #alert(code: string, isDead: boolean): void {
    const { alerts, destination, pace } = this.parts;
    const subject = destination.name;
    if (isDead) {
      alerts.raise({ code: 'DEAD_LETTERS', subject, details: { code } });
    }
    const { downFor } = this.#breaker;
    if (downFor < pace.alertAfter || this.#reported === 'down') return;
    this.#reported = 'down';
    const details = { code, minutes: Math.floor(downFor / 60_000) };
    alerts.raise({ code: 'DESTINATION_DOWN', subject, details });
  }

  #succeeded(): void {
    const { log, metrics, alerts, destination } = this.parts;
    metrics.forwards.inc({ result: 'delivered', route: destination.name });
    if (this.#reported !== 'up') {
      this.#reported = 'up';
      alerts.resolve('DESTINATION_DOWN', destination.name);
    }
    const downFor = this.#breaker.succeed();
    if (downFor === undefined) return;
    this.#hasMore = true;
    log.info({ seconds: Math.ceil(downFor / 1000) }, 'OpenFn answers again');
  }
}
