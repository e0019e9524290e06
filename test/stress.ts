/** One round of a stress test. All that is random in it comes from its seed. */
export type Round = {
  seed: number;
  /** At least 0 and less than 1, as `Math.random()`. */
  random: () => number;
};

// `npm run test:stress` sets both. Without them, every run is the same.
const SEED = readNumber('SEED', 1);
const ROUNDS = readNumber('ROUNDS', 1);

/** The rounds to run, each with a seed of its own: the next whole number. */
export function rounds(): Round[] {
  return Array.from({ length: ROUNDS }, (_, index) => {
    const seed = SEED + index;
    return { seed, random: createRandom(seed) };
  });
}

/** Parameters for `fc.assert`: each round tries so many values more. */
export const propertyRuns = (numRuns = 100) => ({
  seed: SEED,
  numRuns: numRuns * ROUNDS,
});

function readNumber(name: string, fallback: number): number {
  const number = Number(process.env[name] ?? fallback);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new Error(`${name} must be a whole number above 0.`);
}

/** A xorshift generator. It repeats itself after 4 billion numbers. */
function createRandom(seed: number): () => number {
  // Neighboring seeds begin far apart; zero would stay zero.
  let state = Math.imul(seed, 0x9e3779b1) || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
