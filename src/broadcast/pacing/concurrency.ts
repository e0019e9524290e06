/**
 * What gives up a slot while it waits: an operation that has only begun to
 * send, one that made another request before, or such a request.
 */
export type Waiter = 'light' | 'heavy' | 'request';

type Counts = Record<Waiter, number>;

/** As many operations run at a time as there are slots. Nothing begins while more wait half done than may. */
export class Semaphore {
  private free: number;
  private readonly waiters: Counts = { light: 0, heavy: 0, request: 0 };
  private readonly limits: Counts;
  // What is half done goes on before anything begins.
  private readonly goingOn: (() => void)[] = [];
  private readonly beginning: (() => void)[] = [];

  constructor(size: number, maxLight: number, maxHeavy = maxLight) {
    this.free = size;
    this.limits = { light: maxLight, heavy: maxHeavy, request: size };
  }

  /** Resolves when an operation may begin. */
  acquire(): Promise<void> {
    return this.take(this.beginning);
  }

  release(): void {
    this.change(1);
  }

  /**
   * Waits for something without a slot, and then for a slot again. Whatever
   * waits has to do so: when all slots wait, the one they wait for needs one.
   */
  async releaseWhile(
    waiting: Promise<void>,
    waiter: Waiter = 'light',
  ): Promise<void> {
    this.waiters[waiter]++;
    this.change(1);
    try {
      await waiting;
    } finally {
      this.waiters[waiter]--;
      // All slots may wait for what a request fetches: it goes on above the size.
      if (waiter === 'request') this.change(-1);
      else await this.take(this.goingOn);
    }
  }

  private take(queue: (() => void)[]): Promise<void> {
    return new Promise<void>(resolve => {
      queue.push(resolve);
      this.change(0);
    });
  }

  private change(by: number): void {
    this.free += by;
    for (let next; this.free > 0 && (next = this.next()) !== undefined;) {
      this.free--;
      next();
    }
  }

  private next(): (() => void) | undefined {
    const { waiters, limits } = this;
    const mayBegin =
      waiters.light <= limits.light &&
      waiters.heavy <= limits.heavy &&
      waiters.request <= limits.request;
    return (
      this.goingOn.shift() ?? (mayBegin ? this.beginning.shift() : undefined)
    );
  }
}
