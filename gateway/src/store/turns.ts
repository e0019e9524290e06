type Waiting = { take: () => void; refuse: (error: Error) => void };

/**
 * One at a time. Urgent work goes first, and after each piece of it one of the
 * rest, so that neither waits for all of the other.
 */
export class Turns {
  readonly #urgent: Waiting[] = [];
  readonly #usual: Waiting[] = [];
  #isTaken = false;
  #wasUrgent = false;

  /** How much waits that is not urgent. */
  get size(): number {
    return this.#usual.length;
  }

  async run<T>(isUrgent: boolean, work: () => Promise<T>): Promise<T> {
    if (this.#isTaken) {
      await new Promise<void>((take, refuse) => {
        (isUrgent ? this.#urgent : this.#usual).push({ take, refuse });
      });
    }
    this.#isTaken = true;
    this.#wasUrgent = isUrgent;
    try {
      return await work();
    } finally {
      this.#pass();
    }
  }

  /** Whoever waits gets this error. */
  refuseAll(error: Error): void {
    const all = [...this.#urgent.splice(0), ...this.#usual.splice(0)];
    for (const { refuse } of all) refuse(error);
  }

  /** Whoever is next has the turn from now on: nobody comes between. */
  #pass(): void {
    const isUsual = this.#urgent.length === 0 || this.#wasUrgent;
    const next = (isUsual && this.#usual.shift()) || this.#urgent.shift();
    this.#isTaken = next !== undefined;
    next?.take();
  }
}
