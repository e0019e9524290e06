/** One call, and the files of the sources in which a function runs for it. */
export type Journey = {
  name: string;
  /** The maximum number of files that it may pass through, if there is one. */
  limit: number | undefined;
  /** Makes the call; gives the files in the order in which they first run. */
  run: () => Promise<string[]>;
};

const watched = globalThis as { __ran?: ((file: string) => void) | undefined };

/** The files of a folder in which a function runs while `work` is done. */
export async function filesOf(
  folder: string,
  work: () => Promise<unknown>,
): Promise<string[]> {
  const files = new Set<string>();
  watched.__ran = file => void files.add(file);
  try {
    await work();
  } finally {
    watched.__ran = undefined;
  }
  return [...files].filter(file => file.startsWith(`${folder}/`));
}
