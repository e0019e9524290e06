import { setTimeout as sleep } from 'node:timers/promises';

const PAUSE = 10_000;

/**
 * Repeats a piece of work in the background until it says that there is no
 * more; returns how to end it. Between two pieces it rests as long as the last
 * one took, because webhooks may have to wait for it.
 */
export function repeatInBackground(
  work: () => Promise<boolean>,
  onFailure: (error: unknown) => void,
): () => Promise<void> {
  const end = new AbortController();
  const { signal } = end;
  const rest = (time: number) =>
    sleep(time, undefined, { signal }).catch(() => undefined);
  const run = async () => {
    while (!signal.aborted) {
      const start = performance.now();
      let pause = 0;
      try {
        if (!(await work())) return;
      } catch (error) {
        if (signal.aborted) return;
        onFailure(error);
        pause = PAUSE;
      }
      await rest(pause + performance.now() - start);
    }
  };
  const running = run();
  return async () => {
    end.abort();
    await running;
  };
}
