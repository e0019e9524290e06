import type { Logger } from '../logger';
import type { Outbox, Parcel } from './outbox';

/** The forwards that this gateway has taken; their leases are renewed while it has them. */
export class Held {
  /** Until when each lease is surely ours, as `performance.now()`. */
  readonly #until = new Map<Parcel, number>();
  readonly #timer: NodeJS.Timeout;
  #renewing: Promise<void> | undefined;

  /** `lease` is in milliseconds. */
  constructor(
    readonly outbox: Outbox,
    readonly lease: number,
    readonly log: Logger,
  ) {
    this.#timer = setInterval(() => {
      this.#renewing ??= this.#renew().finally(
        () => (this.#renewing = undefined),
      );
    }, lease / 3);
  }

  /** `askedAt`: when they were asked for. */
  add(parcels: Parcel[], askedAt: number): void {
    for (const parcel of parcels) this.#until.set(parcel, askedAt + this.lease);
  }

  /** Whether a forward is still ours; what another gateway may have taken is not sent. */
  has(parcel: Parcel): boolean {
    return (this.#until.get(parcel) ?? 0) > performance.now();
  }

  drop(parcel: Parcel): void {
    this.#until.delete(parcel);
  }

  /** Puts back what was not tried. */
  async release(parcels: Parcel[]): Promise<void> {
    const ours = parcels.filter(parcel => this.#until.delete(parcel));
    if (ours.length > 0) await this.outbox.release(ours);
  }

  /** Puts back the rest. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#renewing;
    try {
      await this.release([...this.#until.keys()]);
    } catch (err) {
      // Another gateway takes them when the leases end.
      this.log.warn({ err }, 'forwards cannot be put back');
    }
  }

  async #renew(): Promise<void> {
    const parcels = [...this.#until.keys()];
    if (parcels.length === 0) return;
    const askedAt = performance.now();
    try {
      const ours = await this.outbox.renew(parcels);
      for (const parcel of parcels) {
        if (!ours.has(parcel.id)) this.drop(parcel);
        else if (this.#until.has(parcel)) this.add([parcel], askedAt);
      }
    } catch (err) {
      this.log.warn({ err }, 'leases cannot be renewed');
    }
  }
}
