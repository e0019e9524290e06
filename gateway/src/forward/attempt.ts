import type { Logger } from '../logger';
import type { Metrics } from '../metrics';
import type { Breaker } from './breaker';
import type { Deliver } from './deliver';
import type { Outbox } from './outbox';
import { adviceFor, isAboutBody } from './outcome';
import type { Failure } from './outcome';
import { delayAfter } from './pace';
import type { Pace } from './pace';
import type { Records } from './records';

export type AttemptParts = {
  outbox: Outbox;
  records: Records;
  deliver: Deliver;
  breaker: Breaker;
  pace: Pace;
  log: Logger;
  metrics: Metrics;
};

/** Sends one forward to OpenFn, and notes what came of it. It throws only when nothing was delivered. */
export async function attempt(parts: AttemptParts, id: string): Promise<void> {
  const { outbox, records, deliver, metrics } = parts;
  const parcel = await outbox.load(id);
  if (parcel === undefined) return outbox.forget(id);
  const end = metrics.forwardSeconds.startTimer();
  const outcome = await deliver(parcel.body, id);
  end();
  if (!outcome.isDelivered) {
    return noteFailure(parts, id, parcel.attempts + 1, outcome);
  }
  metrics.forwards.inc({ result: 'delivered' });
  records.add(id);
  await noteSuccess(parts);
}

async function noteFailure(
  { outbox, breaker, pace, log, metrics }: AttemptParts,
  id: string,
  attempts: number,
  failure: Failure,
): Promise<void> {
  const { code, retryAfter = 0 } = failure;
  metrics.forwards.inc({ result: code });
  const asked = Math.min(retryAfter * 1000, pace.longestDelay);
  const delay = Math.max(delayAfter(attempts, pace), asked);
  const state = await outbox.failed(id, failure, delay / 1000);
  // After it is noted, so that it is due, and the first, when the pause is over.
  if (!isAboutBody(failure)) breaker.fail(Date.now(), asked);
  const facts = { forward: id, code, attempts, state };
  log.warn({ ...facts, fix: adviceFor(code) }, 'a forward failed');
  const buried = breaker.isOutage ? await outbox.bury(code) : 0;
  if (buried > 0) log.error({ forwards: buried, code }, 'forwards are dead');
}

async function noteSuccess({ outbox, breaker, log }: AttemptParts) {
  const trouble = breaker.succeed(Date.now());
  if (trouble === undefined) return;
  const seconds = Math.ceil(trouble / 1000);
  try {
    const hastened = await outbox.recover(seconds + 1);
    log.info({ seconds, hastened }, 'OpenFn answers again');
  } catch (err) {
    // Nothing is lost: what waits becomes due by itself.
    log.warn({ err }, 'what waits could not be hastened');
  }
}
