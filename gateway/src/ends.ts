/** How to end what was started, the first first. */
export type Ends = (() => unknown)[];

/** Ends all, the last first. One that fails to end does not keep the others from it. */
export async function endAll(ends: Ends): Promise<void> {
  const failures: unknown[] = [];
  for (const end of ends.splice(0).reverse()) {
    try {
      await end();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
