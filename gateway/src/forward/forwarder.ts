import { setTimeout as sleep } from 'node:timers/promises';
import type { Alerts } from '../alerts/alerter';
import type { Logger } from '../core/logger';
import type { Metrics } from '../core/metrics';
import { createWakeableSleep } from '../core/scheduling';
import type { Destination } from '../settings/destination';
import { createCircuitBreaker } from './deliver';
import type { Deliver } from './deliver';
import { Leases, resultOfDelivery, resultOfFailure } from './leases';
import type { Attempt } from './leases';
import type { Claim, Outbox } from './outbox';
import { adviceFor } from './outcome';
import type { Failure } from './outcome';
import type { RouteControls } from './route-controls';
import type { Timing } from './timing';

type Parts = {
  destination: Pick<
    Destination,
    'name' | 'concurrency' | 'giveUpAfter' | 'hourlyBudget'
  >;
  outbox: Outbox;
  deliver: Deliver;
  timing: Timing;
  alerts: Alerts;
  log: Logger;
  metrics: Metrics;
};

const MOST_CLAIMED = 50;

/** Sends what is stored for one destination on to it, the oldest first. */
export class Forwarder {
  readonly #sleeper = createWakeableSleep();
  readonly #breaker;
  readonly #leases;
  readonly #queue: Claim[] = [];
  readonly #active = new Set<Promise<void>>();
  #isStopping = false;
  /** Whether others know how the destination is: a gateway before may have said that it is down. */
  #reported: 'up' | 'down' | undefined;
  /** Whether there may be something to claim. */
  #hasMore = true;
  /** Whether it has only just been stored. */
  #isNew = false;
  #claimedAt = -Infinity;
  #mustPutBack = false;
  #isPaused = false;
  #budget: number | null = null;
  #running: Promise<void> = Promise.resolve();

  constructor(readonly parts: Parts) {
    const { outbox, log, timing } = parts;
    this.#breaker = createCircuitBreaker(timing);
    this.#leases = new Leases(outbox, timing.lease, log);
    this.#budget = parts.destination.hourlyBudget;
  }

  start(): void {
    this.#running = this.#run();
  }

  /** There may be something new. */
  wake(): void {
    this.#isNew = true;
    this.#look();
  }

  /** Does what operators have set: what is not on the way is claimed anew. */
  applyControls(controls: RouteControls): void {
    const { hourlyBudget } = this.parts.destination;
    this.#isPaused = controls.pausedAt !== null;
    this.#budget = controls.hourlyBudget ?? hourlyBudget;
    this.#mustPutBack = true;
    this.#look();
  }

  #look(): void {
    this.#hasMore = true;
    this.#sleeper.wake();
  }

  /** Finishes what is on the way, and puts back the rest. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#sleeper.wake();
    await this.#running;
    await Promise.all(this.#active);
    await this.#leases.close();
  }

  async #run(): Promise<void> {
    const { timing, log } = this.parts;
    while (!this.#isStopping) {
      try {
        await this.#fill();
      } catch (err) {
        log.warn({ err }, 'the forwards cannot be reached');
        await this.#sleeper.sleep(timing.poll);
      }
      this.#begin();
      await this.#sleeper.sleep(this.#untilNext());
    }
  }

  /** Until something may be due; the end of an attempt and what is stored wake before. */
  #untilNext(): number {
    const { poll } = this.parts.timing;
    const { isOpen, pause } = this.#breaker;
    if (pause > 0) return pause;
    const isBusy = isOpen ? this.#active.size > 0 : !this.#hasRoom;
    if (isBusy || this.#isPaused) return poll;
    if (this.#hasMore) return 0;
    return Math.max(0, this.#claimedAt + poll - performance.now());
  }

  get #hasRoom(): boolean {
    return this.#queue.length < this.parts.destination.concurrency;
  }

  async #fill(): Promise<void> {
    if (this.#isStopping) return;
    if (this.#mustPutBack) {
      this.#mustPutBack = false;
      await this.#leases.release(this.#queue.splice(0));
    }
    if (this.#isPaused || this.#breaker.pause > 0) return;
    if (this.#breaker.isOpen) return this.#fillProbe();
    const { outbox, timing } = this.parts;
    const isDue = performance.now() - this.#claimedAt >= timing.poll;
    if (!this.#hasRoom || !(this.#hasMore || isDue)) return;
    this.#hasMore = false;
    // More may come at once, and claiming one by one costs the most.
    const isIdle = this.#queue.length + this.#active.size === 0;
    if (isIdle && this.#isNew) await sleep(timing.gather);
    this.#isNew = false;
    const count = MOST_CLAIMED - this.#queue.length;
    await this.#claim(() => outbox.claim(count, this.#budget));
  }

  /** One request tells whether the destination is well again. */
  async #fillProbe(): Promise<void> {
    this.#hasMore = false;
    await this.#leases.release(this.#queue.splice(0));
    if (this.#active.size > 0) return;
    await this.#claim(() => this.parts.outbox.claimProbe(this.#budget));
  }

  async #claim(claim: () => Promise<Claim[]>): Promise<void> {
    const askedAt = (this.#claimedAt = performance.now());
    const claims = await claim();
    this.#leases.add(claims, askedAt);
    this.#queue.push(...claims);
    if (claims.length > 0) this.#hasMore = true;
  }

  #begin(): void {
    const most = this.#breaker.isOpen ? 1 : this.parts.destination.concurrency;
    while (
      !this.#isStopping &&
      !this.#isPaused &&
      this.#breaker.pause === 0 &&
      this.#active.size < most
    ) {
      const claim = this.#queue.shift();
      if (claim === undefined) return;
      if (!this.#leases.has(claim)) {
        // Else its lease would be renewed for ever, and nobody would send it.
        this.#leases.drop(claim);
        continue;
      }
      const attempt = this.#attempt(claim).finally(() => {
        this.#active.delete(attempt);
        this.#sleeper.wake();
      });
      this.#active.add(attempt);
    }
  }

  async #attempt(claim: Claim): Promise<void> {
    const { outbox, deliver, metrics, log, destination } = this.parts;
    const route = destination.name;
    try {
      const body = claim.body ?? (await outbox.loadBody(claim));
      if (body === undefined) return this.#leases.drop(claim);
      const end = metrics.forwardSeconds.startTimer({ route });
      const startedAt = performance.now();
      const outcome = await deliver(body, claim.id);
      end();
      const duration = performance.now() - startedAt;
      this.#settle({ claim, outcome, startedAt, duration });
    } catch (err) {
      log.warn({ err }, 'a forward cannot be loaded');
      this.#leases.drop(claim);
    }
  }

  #settle(attempt: Attempt): void {
    const { claim, outcome } = attempt;
    const result = outcome.isDelivered
      ? resultOfDelivery(attempt, outcome.workOrderId)
      : this.#failed({ ...attempt, outcome });
    if (outcome.isDelivered) this.#succeeded();
    void this.#leases.settle(claim, result).then(() => {
      // The next one of the person may go now.
      if (claim.person !== null) this.#look();
    });
  }

  #failed(attempt: Attempt & { outcome: Failure }) {
    const { timing, log, metrics, destination } = this.parts;
    const { giveUpAfter } = destination;
    const { id, attempts } = attempt.claim;
    const { code } = attempt.outcome;
    const rules = { breaker: this.#breaker, timing, giveUpAfter };
    const result = resultOfFailure(attempt, rules);
    metrics.forwards.inc({ result: code, route: destination.name });
    const facts = { forward: id, code, attempts: attempts + 1 };
    const { state } = result;
    log.warn({ ...facts, state, fix: adviceFor(code) }, 'a forward failed');
    this.#alert(code, state === 'dead');
    return result;
  }

  #alert(code: string, isDead: boolean): void {
    const { alerts, destination, timing } = this.parts;
    const subject = destination.name;
    if (isDead) {
      alerts.raise({ code: 'DEAD_LETTERS', subject, details: { code } });
    }
    const { downFor } = this.#breaker;
    if (downFor < timing.alertAfter || this.#reported === 'down') return;
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
