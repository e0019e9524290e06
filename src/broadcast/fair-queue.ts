import { isObject } from '../core/values';
import type { Item } from './item';

type Path = string[];
type Deferred = { index: number; item: Item };

/** So many digits at the end tell people apart, whether or not the country code stands before them. */
const TAIL = 7;
/** How far a recipient is looked for in an item. */
const MOST_FIELDS = 200;
const MOST_DEPTH = 6;

/**
 * Fair queuing: everybody's first message goes before anybody's second. The
 * first messages tell which field of an item holds its recipient. Where none
 * does, or the wrong one is found, only the order is another.
 */
export class FairQueue {
  private field: Path | undefined;
  private readonly begun = new Set<string>();
  /** What had begun before the field was known. */
  private early: unknown[] = [];
  private readonly deferred = new Map<string, Deferred[]>();

  constructor(private readonly items: unknown[]) {}

  /** Takes note of the recipient of an item's message. */
  learn({ value }: Item, person: string): void {
    if (this.field !== undefined) return;
    const paths = pathsTo(tailOf(person), value);
    if (paths.length === 0) return;
    this.field = mostDistinct(paths, this.items);
    for (const each of this.early) this.note(each);
    this.early = [];
  }

  /** Whether an item has to wait because its person had another one; keeps it then. */
  defer(index: number, item: Item): boolean {
    const person = this.personOf(item.value);
    if (person === undefined || !this.begun.has(person)) {
      this.note(item.value);
      return false;
    }
    const waiting = this.deferred.get(person);
    if (waiting === undefined) this.deferred.set(person, [{ index, item }]);
    else waiting.push({ index, item });
    return true;
  }

  /** All that had to wait: one of each person, then the next of each, and so on. */
  *rounds(): Generator<Deferred> {
    let people = [...this.deferred.values()];
    for (let round = 0; people.length > 0; round++) {
      people = people.filter(waiting => waiting.length > round);
      for (const waiting of people) yield waiting[round]!;
    }
  }

  private note(value: unknown): void {
    const person = this.personOf(value);
    if (person !== undefined) this.begun.add(person);
    else if (this.field === undefined) this.early.push(value);
  }

  private personOf(value: unknown): string | undefined {
    return this.field && nameAt(this.field, value);
  }
}

/** Where a person stands in an item. */
function pathsTo(person: string | undefined, value: unknown): Path[] {
  const found: Path[] = [];
  if (person === undefined) return found;
  let fields = 0;
  const look = (inner: unknown, path: Path) => {
    if (++fields > MOST_FIELDS || path.length > MOST_DEPTH) return;
    if (tailOf(inner) === person) found.push(path);
    if (!isObject(inner) && !Array.isArray(inner)) return;
    for (const key of Object.keys(inner)) {
      look((inner as Record<string, unknown>)[key], [...path, key]);
    }
  };
  try {
    look(value, []);
  } catch {
    // What cannot be read is nobody's.
  }
  return found;
}

/** The field that tells the most people apart: a clinic's number is the same in many items. */
function mostDistinct(paths: Path[], items: unknown[]): Path | undefined {
  if (paths.length < 2) return paths[0];
  const countOf = (path: Path) =>
    new Set(items.map(item => nameAt(path, item))).size;
  const counted = paths.map(path => ({ path, count: countOf(path) }));
  return counted.reduce((a, b) => (b.count > a.count ? b : a)).path;
}

function nameAt(path: Path, value: unknown): string | undefined {
  try {
    let inner = value;
    for (const key of path) {
      if (typeof inner !== 'object' || inner === null) return undefined;
      inner = (inner as Record<string, unknown>)[key];
    }
    return tailOf(inner);
  } catch {
    return undefined;
  }
}

/** The last digits of a number; IDs of users and groups have letters, and are kept. */
function tailOf(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = String(value);
  if (/\p{L}/u.test(text)) return text;
  const digits = text.replace(/\D/g, '');
  return digits.length < TAIL ? undefined : digits.slice(-TAIL);
}
