/** One line for the run's log. Names and counts only: never contents, tokens or numbers. */
export function log(line: string): void {
  console.log(line);
}
