/** How to stop what was started, in the order of the starts. */
export type Cleanups = (() => unknown)[];

/** Runs all, the last first. One that fails does not keep the others from it. */
export async function runCleanups(cleanups: Cleanups): Promise<void> {
  const failures: unknown[] = [];
  for (const cleanup of cleanups.splice(0).reverse()) {
    try {
      await cleanup();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
