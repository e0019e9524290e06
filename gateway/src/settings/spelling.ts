// Shorter names, such as PORT, are near to many that are not meant for us.
const SHORTEST = 7;
const FARTHEST = 2;

/** Variables that are meant for us, and that nobody would read; each with the name that was probably meant. */
export function misspelled(
  environment: Record<string, string | undefined>,
  known: readonly string[],
): string[] {
  return Object.keys(environment)
    .filter(name => environment[name] !== undefined && !known.includes(name))
    .flatMap(name => {
      const long = known.filter(one => one.length >= SHORTEST);
      const one = nearest(name, long, Infinity);
      if (one === undefined) return [];
      const isNear = distance(name, one) <= FARTHEST;
      const isMeant = isNear && environment[one] === undefined;
      if (!isMeant && !isOurs(name)) return [];
      return [`${name} is not a variable of the gateway. Did you mean ${one}?`];
    });
}

/**
 * Whether only we have names that begin so. Other OpenFn programs have OPENFN_
 * too, the adaptor WHATSAPP_, and Kubernetes GATEWAY_ for a service of that name.
 */
function isOurs(name: string): boolean {
  const [first, ...others] = name.split('_');
  return others.length > 0 && distance(first ?? '', 'FORWARD') <= FARTHEST;
}

/** The name that was probably meant; none when all are further away than `farthest`. */
export function nearest(
  name: string,
  known: readonly string[],
  farthest = FARTHEST,
): string | undefined {
  const [first] = known
    .map(one => ({ one, far: distance(name.toLowerCase(), one.toLowerCase()) }))
    .sort((a, b) => a.far - b.far);
  return first !== undefined && first.far <= farthest ? first.one : undefined;
}

/** How many letters have to be changed, put in, taken out or exchanged with their neighbor. */
export function distance(from: string, to: string): number {
  let previous: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const isSame = from[i - 1] === to[j - 1];
      const isExchanged =
        from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      next[j] = Math.min(
        at(row, j) + 1,
        at(next, j - 1) + 1,
        at(row, j - 1) + (isSame ? 0 : 1),
        isExchanged ? at(previous, j - 2) + 1 : Infinity,
      );
    }
    [previous, row] = [row, next];
  }
  return at(row, to.length);
}

const at = (row: number[], i: number) => row[i] ?? Infinity;
