import { WhatsAppError } from '../core/errors';
import type { Clock } from './clock';

/** The time until which somebody may wait; it can change while they do. */
export type Until = () => number;

/** The broadcast will not send this message any more; its item is left for another run. */
export class HeldBack extends WhatsAppError {
  constructor() {
    super({
      code: 'HELD_BACK',
      description: 'The broadcast ended before the turn of this message.',
      fix: 'Pass what is remaining to the next run. An item of which a message is out is not among that: send the rest of it by itself.',
      retryable: true,
      sent: 'no',
    });
  }
}

/** Waits for a time, which can change as well; fails at once when that would take too long. */
export async function waitUntil(
  clock: Clock,
  time: () => number,
  until: Until,
): Promise<void> {
  for (;;) {
    const now = clock.now();
    const at = time();
    if (Math.max(at, now) > until()) throw new HeldBack();
    if (at <= now) return;
    await clock.sleep(at - now);
  }
}
