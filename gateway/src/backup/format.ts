import { createHash } from 'node:crypto';
import { GatewayError } from '../core/errors';

/** The tables of a backup, in the order in which they are read and written. */
export type Table = {
  name: string;
  /** The primary key. */
  key: readonly string[];
  /** The column that can be large. */
  large?: string;
  /** A store that has only such rows is empty: they mean nothing without others, or are soon made again. */
  isMinor?: true;
  /** Columns of the key that are text, which databases sort differently. */
  texts?: readonly string[];
};

/** The columns of the key, for an order that is the same in each database. */
export const orderOf = ({ key, texts = [] }: Table): string[] =>
  key.map(column =>
    texts.includes(column) ? `${column} COLLATE "C"` : column,
  );

/**
 * A forward is committed together with its events. It is read after them, so
 * that no event is in a backup whose forward is not. Tables of conversations
 * are missing: triggers make them of the events.
 */
export const TABLES: readonly Table[] = [
  { name: 'events', key: ['id'], large: 'item' },
  // Before the forwards: a piece that is done again is better than one that is left out.
  { name: 'replays', key: ['id'], isMinor: true },
  { name: 'forwards', key: ['id'], large: 'body' },
  { name: 'event_forwards', key: ['event_id', 'forward_id'], isMinor: true },
  { name: 'attempts', key: ['forward_id', 'number'], isMinor: true },
  {
    ...{ name: 'alerts', key: ['code', 'subject'], isMinor: true },
    texts: ['code', 'subject'],
  },
  { name: 'routes', key: ['name'], isMinor: true, texts: ['name'] },
  // The budget of the hour goes on, and so do the charts of the console.
  {
    ...{ name: 'route_runs', key: ['route', 'minute'], isMinor: true },
    texts: ['route'],
  },
  { name: 'statistics', key: ['at', 'gateway'], isMinor: true },
  { name: 'quarantine', key: ['id'], large: 'body' },
];

/** The first line. */
export type Header = {
  format: 'openfn-whatsapp-gateway-backup';
  version: 1;
  id: string;
  /** The step of the tables. */
  step: number;
  createdAt: string;
};

/** Before the rows of a table. */
export type TableLine = { table: string; columns: string[] };

/** The last line; `sha256` is that of all bytes before it. */
export type Trailer = { counts: Record<string, number>; sha256: string };

/** What the lines of a backup say; `row` is JSON, as text. */
export type Entry =
  | { type: 'header'; header: Header }
  | { type: 'table'; table: TableLine }
  | { type: 'row'; row: string }
  | { type: 'end'; counts: Record<string, number> };

/** Reads lines, and checks order, counts and checksum on the way. */
export async function* readEntries(
  lines: AsyncIterable<string>,
): AsyncGenerator<Entry> {
  const hash = createHash('sha256');
  const counts: Record<string, number> = {};
  let table: string | undefined;
  let isFirst = true;
  let isOver = false;
  for await (const line of lines) {
    if (isOver) throw damaged('has more behind its end');
    if (line.startsWith('#')) {
      const text = line.slice(1);
      const entry = parseLine(text);
      if (isFirst !== 'format' in entry) throw damaged('has no header');
      if ('format' in entry) yield { type: 'header', header: entry };
      if ('table' in entry) {
        table = entry.table;
        counts[table] = 0;
        yield { type: 'table', table: entry };
      }
      if ('sha256' in entry) {
        isOver = true;
        check(entry, counts, hash.digest('hex'));
        yield { type: 'end', counts };
        continue;
      }
    } else {
      if (table === undefined) throw damaged('has rows of no table');
      counts[table] = (counts[table] ?? 0) + 1;
      yield { type: 'row', row: line };
    }
    isFirst = false;
    hash.update(`${line}\n`);
  }
  if (!isOver) throw damaged('ends too early');
}

function parseLine(text: string): Header | TableLine | Trailer {
  try {
    return JSON.parse(text) as Header | TableLine | Trailer;
  } catch {
    throw damaged('has a line that cannot be read');
  }
}

function check(
  trailer: Trailer,
  counts: Record<string, number>,
  sha256: string,
): void {
  const isSame = TABLES.every(
    ({ name }) => trailer.counts[name] === counts[name],
  );
  if (!isSame) throw damaged('has other counts than it says');
  if (trailer.sha256 !== sha256) throw damaged('has another checksum');
}

export function damaged(how: string, cause?: unknown): GatewayError {
  return new GatewayError(
    'BACKUP_DAMAGED',
    `The backup ${how}.`,
    'Take another backup, or copy this one again.',
    cause,
  );
}
