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
  if (reported.push(started) === 1) setImmediate(tellStart);
  if (started.hasEnded) setImmediate(tellEnd);
  else {
    const { onEnd } = started;
    started.onEnd = () => {
      onEnd?.();
      // Somebody may wait for it after all.
      setImmediate(tellEnd);
    };
  }
}

function tellStart(): void {
  const count = countOf(reported.length);
  log(
    `${count} started without await: the job will not learn the result. Return each operation, or await it.`,
  );
}

function tellEnd(): void {
  if (!reported.every(({ hasEnded }) => hasEnded)) return;
  const lost = reported.filter(({ promise }) => !promise.isAwaited);
  reported = [];
  if (lost.length === 0) return;
  const failed = lost.filter(started => 'error' in started);
  const done = lost.length - failed.length;
  const codes = [...new Set(failed.map(({ error }) => codeOf(error)))];
  const parts = [
    ...(done > 0 ? [`${done} done`] : []),
    ...(failed.length > 0 ? [`${failed.length} failed (${codes.join()})`] : []),
  ];
  log(`${countOf(lost.length)} not awaited: ${parts.join(', ')}`);
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
