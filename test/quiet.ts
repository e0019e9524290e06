/** Runs something while collecting what it would have logged, which it may read. */
export async function collectLogs<T>(
  run: (lines: readonly string[]) => Promise<T>,
): Promise<{ result: T; lines: string[] }> {
  const lines: string[] = [];
  const original = console.log;
  console.log = (...parts: unknown[]) => lines.push(parts.join(' '));
  try {
    return { result: await run(lines), lines };
  } finally {
    console.log = original;
  }
}
