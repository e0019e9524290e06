export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

/**
 * Repeats a measurement, everybody once in each round and in turns the other
 * way round, so that what else the machine does meets all alike. Ends when
 * `seconds` are over, but not before `least` rounds. Gives a list of results,
 * one a round, for each name.
 */
export async function interleave({ least, most, seconds }, names, measure) {
  const results = new Map(names.map(name => [name, []]));
  const end = performance.now() + seconds * 1000;
  for (let round = 0; round < most; round++) {
    if (round >= least && performance.now() > end) break;
    const order = round % 2 === 0 ? names : names.toReversed();
    for (const name of order) results.get(name).push(await measure(name));
  }
  return results;
}

/**
 * The median, and the median of its ratios to the reference: a ratio is taken
 * within a round, because a busy moment slows both.
 */
export function compare(values, references) {
  const ratios = values.map((value, round) => value / references[round]);
  return { value: median(values), ratio: median(ratios) };
}
