import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '../../src/core/logger';
import type { Database } from '../../src/database/database';
import type { StoreOptions } from '../../src/database/embedded-store';
import { migrate } from '../../src/schema/migrations';
import { openPglite } from '../../src/database/pglite';

const made: string[] = [];
let template: Promise<string> | undefined;

/** A folder that is deleted when the tests end. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gateway-test-'));
  made.push(folder);
  return folder;
}

/** A data folder with an empty store: making one takes seconds, a copy does not. */
export async function newDataFolder(): Promise<string> {
  const folder = newFolder();
  template ??= makeTemplate();
  cpSync(await template, folder, { recursive: true });
  return folder;
}

/** The embedded store in a folder. */
export function openEmbedded(
  folder: string,
  options: Partial<StoreOptions> = {},
): Promise<Database> {
  return openPglite(folder, { log: createLogger('silent'), ...options });
}

async function makeTemplate(): Promise<string> {
  const folder = newFolder();
  const database = await openEmbedded(folder);
  await migrate(database);
  await database.close();
  return folder;
}

// When every store in them is closed, in whatever order the tests end.
process.once('exit', () => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});
