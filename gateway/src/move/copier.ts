import { columnsOf, readTable } from '../backup/dump';
import { TABLES } from '../backup/format';
import type { Table } from '../backup/format';
import { countRows, insertRows } from '../backup/restore';
import { GatewayError } from '../core/errors';
import type { Database, Session } from '../database/database';
import { lastChange, readChanges } from './changes';
import type { Change } from './changes';
import { countDifferences, findDifferences } from './compare';
import { copyRows } from './rows';
import type { Keys } from './rows';

export type Progress = {
  step: 'copy' | 'compare' | 'catch up' | 'switch';
  /** Of all tables. */
  rows: number;
};

/** Rows of each table. */
export type Counts = Record<string, number>;

export type CopyParts = {
  target: Database;
  onProgress: (progress: Progress) => void;
  /** Ends it at any time before the switch; it can be repeated. */
  signal: AbortSignal;
};

/** Milliseconds of copying that may be left for the time in which webhooks wait. */
const SHORT = 1_000;
// A source that changes as fast as it is copied never comes nearer.
const MOST_ROUNDS = 20;

/** Copies a store that goes on changing. */
export async function createCopier(
  parts: CopyParts,
  source: Session,
): Promise<Copier> {
  const columns = new Map<string, string[]>();
  for (const table of TABLES) {
    columns.set(table.name, await columnsOf(source, table));
  }
  return new Copier(parts, source, columns);
}

export class Copier {
  #rows = 0;
  /** The last change that was copied. */
  #place = 0;
  /** Rows to compare at the end: all others have not changed since they were compared. */
  readonly #open: Map<string, Set<string>> = new Map();
  #isCompared = false;

  constructor(
    readonly parts: CopyParts,
    readonly source: Session,
    readonly columns: ReadonlyMap<string, readonly string[]>,
  ) {}

  /** What an interrupted move has copied already stays as it is. */
  async copyAll(): Promise<void> {
    for (const table of TABLES) {
      const columns = this.#columnsOf(table);
      const line = { table: table.name, columns: [...columns] };
      for await (const rows of readTable(this.source, table, columns)) {
        await insertRows(this.parts.target, line, rows);
        this.#progress('copy', rows.length);
      }
    }
  }

  /** Compares all, and copies again what is not the same. */
  async repair(): Promise<void> {
    await this.#copyChanges();
    this.#isCompared = true;
    for (const table of TABLES) {
      const { target } = this.parts;
      const keys = await findDifferences(
        this.source,
        target,
        table,
        this.#columnsOf(table),
        rows => this.#progress('compare', rows),
      );
      await this.#copy(new Map([[table.name, keys]]));
    }
  }

  /** Copies changes, then those that came meanwhile, until that takes no time worth speaking of. */
  async catchUp(): Promise<void> {
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const startedAt = performance.now();
      await this.#copyChanges();
      if (performance.now() - startedAt < SHORT) return;
    }
  }

  /** The source has come to rest: the rest is copied, and all is compared. */
  async finish(): Promise<Counts> {
    await this.#copyChanges('switch');
    const { target } = this.parts;
    const keys: Keys = new Map(
      [...this.#open].map(([name, some]) => [
        name,
        [...some].map(key => JSON.parse(key) as string[]),
      ]),
    );
    const different = await countDifferences(this.source, target, keys, table =>
      this.#columnsOf(table),
    );
    const [ours, theirs] = [
      await countRows(this.source),
      await countRows(target),
    ];
    const isSame = TABLES.every(({ name }) => ours[name] === theirs[name]);
    const differences = Object.entries(different);
    if (isSame && differences.length === 0) return ours;
    throw notTheSame(differences, ours, theirs);
  }

  /** Those that are there when it begins. */
  async #copyChanges(step: Progress['step'] = 'catch up'): Promise<void> {
    const end = await lastChange(this.source);
    while (this.#place < end) {
      const changes = await readChanges(this.source, this.#place);
      this.#place = changes.at(-1)?.seq ?? end;
      await this.#copy(keysOf(changes));
      this.#progress(step, changes.length);
    }
  }

  async #copy(keys: Keys): Promise<void> {
    const { target } = this.parts;
    const columnsOf = (table: Table) => this.#columnsOf(table);
    if (this.#isCompared) this.#keepOpen(keys);
    await copyRows(this.source, target, keys, columnsOf);
  }

  #keepOpen(keys: Keys): void {
    for (const [name, list] of keys) {
      const open = this.#open.get(name) ?? new Set();
      for (const key of list) open.add(JSON.stringify(key));
      this.#open.set(name, open);
    }
  }

  #columnsOf({ name }: Table): readonly string[] {
    return this.columns.get(name) ?? [];
  }

  #progress(step: Progress['step'], rows: number): void {
    this.parts.onProgress({ step, rows: (this.#rows += rows) });
    // Webhooks wait for the switch, which takes no longer than it must.
    if (step !== 'switch') this.parts.signal.throwIfAborted();
  }
}

/** Each row once, however often it changed. */
function keysOf(changes: Change[]): Keys {
  const names = [...new Set(changes.map(({ name }) => name))];
  return new Map(
    names.map(name => {
      const keys = changes
        .filter(change => change.name === name)
        .map(({ key }) => JSON.stringify(key));
      return [name, [...new Set(keys)].map(key => JSON.parse(key) as string[])];
    }),
  );
}

function notTheSame(
  differences: [string, number][],
  ours: Counts,
  theirs: Counts,
): GatewayError {
  const rows = differences.map(([name, count]) => `${count} of ${name}`);
  const counts = TABLES.filter(({ name }) => ours[name] !== theirs[name]).map(
    ({ name }) => `${name} ${ours[name]} and ${theirs[name]}`,
  );
  const what = [
    ...(rows.length > 0 ? [`rows differ: ${rows.join(', ')}`] : []),
    ...(counts.length > 0 ? [`counts differ: ${counts.join(', ')}`] : []),
  ];
  return new GatewayError(
    'MOVE_DIFFERS',
    `The database is not the same as the store (${what.join('; ')}), so that nothing was switched.`,
    'Make sure that nothing else writes to the database, and move again.',
  );
}
