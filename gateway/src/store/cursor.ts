/** A place in a list that is ordered by a time and, within it, by a text. */
export type Place = { time: string; key: string };

/** A page of a list, and where the next one begins. */
export type Page<Item> = {
  data: Item[];
  paging: { after?: string };
  /** How many there are on all pages, where it is known. */
  total?: number;
};

/** Cursors are opaque to callers, so that the order can change one day. */
export function writeCursor({ time, key }: Place): string {
  return Buffer.from(JSON.stringify([time, key])).toString('base64url');
}

export function readCursor(cursor: string): Place | undefined {
  try {
    const place: unknown = JSON.parse(
      Buffer.from(cursor, 'base64url').toString('utf8'),
    );
    const [time, key] = Array.isArray(place) ? (place as unknown[]) : [];
    if (typeof time !== 'string' || typeof key !== 'string') return undefined;
    return isDatabaseTime(time) && !key.includes('\0')
      ? { time, key }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a text is a time as the database writes it, which it can read again. */
export function isDatabaseTime(text: string): boolean {
  if (!/^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,6}Z$/.test(text)) {
    return false;
  }
  const time = new Date(text);
  // A day that the month does not have becomes one of the next month.
  return (
    !Number.isNaN(time.getTime()) &&
    time.toISOString().slice(0, 19) === text.slice(0, 19)
  );
}

/** The page of rows of which one more than `limit` was read. */
export function pageOf<Row, Item>(
  rows: Row[],
  limit: number,
  placeOf: (row: Row) => Place,
  itemOf: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const hasNext = rows.length > limit && last !== undefined;
  return {
    data: shown.map(itemOf),
    paging: hasNext ? { after: writeCursor(placeOf(last)) } : {},
  };
}
