/** As many operations at a time as there are slots. */
export type Slots = {
  /** Resolves when somebody may begin. */
  begin: () => Promise<void>;
  end: () => void;
  /** Waits for something without a slot, so that others go meanwhile, and then for a slot again. */
  lend: (waiting: Promise<void>) => Promise<void>;
};

/** Nobody begins while more than `mostLent` operations are half done. */
export function createSlots(size: number, mostLent: number): Slots {
  let free = size;
  let lent = 0;
  // Who is half done goes on before anybody begins.
  const goingOn: (() => void)[] = [];
  const beginning: (() => void)[] = [];

  const next = () =>
    goingOn.shift() ?? (lent <= mostLent ? beginning.shift() : undefined);
  const handOut = () => {
    while (free > 0) {
      const taker = next();
      if (taker === undefined) break;
      free--;
      taker();
    }
  };
  const take = (queue: (() => void)[]) =>
    new Promise<void>(resolve => {
      queue.push(resolve);
      handOut();
    });
  const end = () => {
    free++;
    handOut();
  };
  // Whoever waits has to lend: all slots could be theirs, and the one they wait for would need one.
  const lend = async (waiting: Promise<void>) => {
    lent++;
    end();
    try {
      await waiting;
    } finally {
      lent--;
      await take(goingOn);
    }
  };
  return { begin: () => take(beginning), end, lend };
}
