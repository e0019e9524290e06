import { log } from './log';

/** An operation that was started. */
export type Started = {
  promise: { readonly isAwaited: boolean };
  hasEnded: boolean;
  error?: unknown;
  /** Called when it ends. */
  onEnd?: () => void;
};

/** What was started without `await`, until all of it has ended. */
let reported: Started[] = [];

/** Writes a line when the first operations are not awaited, and another when all have ended. */
export function reportUnawaited(started: Started): void {
  if (reported.push(started) === 1) setImmediate(logStart);
  if (started.hasEnded) setImmediate(logEnd);
  else {
    const { onEnd } = started;
    started.onEnd = () => {
      onEnd?.();
      // Somebody may wait for it after all.
      setImmediate(logEnd);
    };
  }
}

function logStart(): void {
  const count = countOf(reported.length);
  log(
    `${count} started without await: the job will not learn the result. Return each operation, or await it.`,
  );
}

function logEnd(): void {
  if (!reported.every(({ hasEnded }) => hasEnded)) return;
  const unawaited = reported.filter(({ promise }) => !promise.isAwaited);
  reported = [];
  if (unawaited.length === 0) return;
  const failed = unawaited.filter(started => 'error' in started);
  const succeeded = unawaited.length - failed.length;
  const codes = [...new Set(failed.map(({ error }) => codeOf(error)))];
  const parts = [
    ...(succeeded > 0 ? [`${succeeded} done`] : []),
    ...(failed.length > 0 ? [`${failed.length} failed (${codes.join()})`] : []),
  ];
  log(`${countOf(unawaited.length)} not awaited: ${parts.join(', ')}`);
}

const countOf = (count: number) =>
  count === 1 ? '1 operation was' : `${count} operations were`;

/** A code alone: what a job throws may hold anything. */
function codeOf(error: unknown): string {
  try {
    const { code } = error as { code?: unknown };
    if (typeof code === 'string' && /^[A-Z_]+$/.test(code)) return code;
  } catch {
    // Nothing, or a getter.
  }
  return 'OPERATION_FAILED';
}
