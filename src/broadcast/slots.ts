/** Who lends a slot: an operation that has only begun to send, one that made another call before, or such a call. */
export type Lender = 'light' | 'heavy' | 'calling';

/** As many operations at a time as there are slots. */
export type Slots = {
  /** Resolves when somebody may begin. */
  begin: () => Promise<void>;
  end: () => void;
  /** Waits for something without a slot, so that others go meanwhile, and then for a slot again. */
  lend: (waiting: Promise<void>, lender?: Lender) => Promise<void>;
};

/** Nobody begins while more operations are half done than may be. */
export function createSlots(
  size: number,
  mostLight: number,
  mostHeavy = mostLight,
): Slots {
  let free = size;
  const lent = { light: 0, heavy: 0, calling: 0 };
  const most = { light: mostLight, heavy: mostHeavy, calling: size };
  // Who is half done goes on before anybody begins.
  const goingOn: (() => void)[] = [];
  const beginning: (() => void)[] = [];
  const next = () =>
    goingOn.shift() ?? (isWithin(lent, most) ? beginning.shift() : undefined);
  const change = (by: number) => {
    free += by;
    for (let taker; free > 0 && (taker = next()) !== undefined;) {
      free--;
      taker();
    }
  };
  const take = (queue: (() => void)[]) =>
    new Promise<void>(resolve => {
      queue.push(resolve);
      change(0);
    });
  // Whoever waits has to lend: all slots could be theirs, and the one they wait for would need one.
  const lend = async (waiting: Promise<void>, lender: Lender = 'light') => {
    lent[lender]++;
    change(1);
    try {
      await waiting;
    } finally {
      lent[lender]--;
      // For what a call fetches, others may wait in all slots: it goes on above the size.
      if (lender === 'calling') change(-1);
      else await take(goingOn);
    }
  };
  return { begin: () => take(beginning), end: () => change(1), lend };
}

type Counts = Record<Lender, number>;

const isWithin = (lent: Counts, most: Counts) =>
  lent.light <= most.light &&
  lent.heavy <= most.heavy &&
  lent.calling <= most.calling;
