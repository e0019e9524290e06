import { setTimeout as sleep } from 'node:timers/promises';
import { createAlarm } from './alarm';
import { attempt } from './attempt';
import type { AttemptParts } from './attempt';
import { createBreaker } from './breaker';
import type { Queue } from './queue';
import { createRecords } from './records';

type Parts = Omit<AttemptParts, 'records' | 'breaker'> & {
  queue: Queue;
  concurrency: number;
  /** Milliseconds for which what was taken may be worked on, and for which it is surely ours. */
  leave: { work: number; hold: number };
};

const MOST_TAKEN = 50;

/** Sends what is stored on to OpenFn, oldest first. */
export class Forwarder {
  readonly #alarm = createAlarm();
  readonly #breaker;
  readonly #records;
  #isStopping = false;
  #held: string[] = [];
  #heldUntil = 0;
  #running: Promise<void> = Promise.resolve();

  constructor(readonly parts: Parts) {
    this.#breaker = createBreaker(parts.pace);
    this.#records = createRecords(parts.outbox, parts.log);
  }

  start(): void {
    this.#running = this.#run();
  }

  /** There may be something new. */
  wake(): void {
    this.#alarm.ring();
  }

  /** Finishes what is on the way, and puts back the rest. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#alarm.ring();
    await this.#running;
    await this.#records.close();
  }

  async #run(): Promise<void> {
    const { pace, log } = this.parts;
    while (!this.#isStopping) {
      try {
        const isDone = await this.#takeSome();
        if (isDone) await this.#rest();
      } catch (err) {
        log.warn({ err }, 'the forwards cannot be reached');
        await this.#alarm.sleep(pace.poll);
      }
      await this.#pause();
    }
  }

  /** Until there is something new; a moment longer, because taking one by one costs the most. */
  async #rest(): Promise<void> {
    const { poll, gather } = this.parts.pace;
    await this.#alarm.sleep(poll);
    if (!this.#isStopping) await sleep(gather);
  }

  /** Returns whether that was all. */
  async #takeSome(): Promise<boolean> {
    await this.#returnHeld();
    const { queue, concurrency, leave } = this.parts;
    const wanted = this.#breaker.isTroubled ? 1 : MOST_TAKEN;
    const ids = await queue.take(wanted);
    const isAll = ids.length < wanted;
    this.#held = ids;
    const end = Date.now() + leave.work;
    this.#heldUntil = Date.now() + leave.hold;
    const lanes = Array.from({ length: concurrency }, () =>
      this.#work(ids, end),
    );
    const ended = await Promise.allSettled(lanes);
    await this.#returnHeld();
    const failed = ended.find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
    return isAll;
  }

  /** One after the other, until none is left, or OpenFn is to be left alone. */
  async #work(ids: string[], end: number): Promise<void> {
    const { parts } = this;
    const tools = { breaker: this.#breaker, records: this.#records };
    while (!this.#isStopping && Date.now() < end && !this.#isPaused()) {
      const id = ids.shift();
      if (id === undefined) return;
      try {
        await attempt({ ...parts, ...tools }, id);
      } catch (error) {
        ids.unshift(id);
        throw error;
      }
    }
  }

  /** What was taken and not worked on; also what could not be returned when the database was away. */
  async #returnHeld(): Promise<void> {
    // After the lease it may be another gateway's.
    const isOurs = Date.now() < this.#heldUntil;
    if (this.#held.length > 0 && isOurs) {
      await this.parts.outbox.putBack(this.#held);
    }
    this.#held = [];
  }

  #isPaused(): boolean {
    return Date.now() < this.#breaker.pausedUntil;
  }

  async #pause(): Promise<void> {
    while (!this.#isStopping && this.#isPaused()) {
      await this.#alarm.sleep(this.#breaker.pausedUntil - Date.now());
    }
  }
}
