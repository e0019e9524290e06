/** The most events in any second, which does not reach its end. */
export function mostInASecond(times: number[]): number {
  let most = 0;
  let first = 0;
  for (const [last, time] of times.entries()) {
    while (time - times[first]! >= 1000) first++;
    most = Math.max(most, last - first + 1);
  }
  return most;
}

/** How many events more there are, in any stretch of time, than an even flow would have. */
export function mostAboveEven(times: number[], rate: number): number {
  let most = 0;
  // Between events i and j lie j - i + 1 of them: a running minimum finds the worst.
  let least = Infinity;
  for (const [index, time] of times.entries()) {
    const ahead = index - (time * rate) / 1000;
    least = Math.min(least, ahead);
    most = Math.max(most, ahead - least + 1);
  }
  return most;
}
