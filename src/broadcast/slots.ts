/** As many operations at a time as there are slots. */
export type Slots = {
  /** Resolves when somebody may begin. */
  begin: () => Promise<void>;
  end: () => void;
  /** Waits for something without a slot, so that others go meanwhile, and then for a slot again. */
  lend: (waiting: Promise<void>) => Promise<void>;
};

/** `mostLent` bounds how many operations are half done at a time. */
export function createSlots(size: number, mostLent: number): Slots {
  let free = size;
  let lent = 0;
  // Who is half done goes on before anybody begins.
  const goingOn: (() => void)[] = [];
  const beginning: (() => void)[] = [];

  const take = (queue: (() => void)[]) => {
    if (free === 0) return new Promise<void>(resolve => queue.push(resolve));
    free--;
    return Promise.resolve();
  };
  const give = () => {
    const next = goingOn.shift() ?? beginning.shift();
    if (next === undefined) free++;
    else next();
  };
  const lend = async (waiting: Promise<void>) => {
    if (lent >= mostLent) return waiting;
    lent++;
    give();
    try {
      await waiting;
    } finally {
      await take(goingOn);
      lent--;
    }
  };
  return { begin: () => take(beginning), end: give, lend };
}
