// The thread of the embedded store, which notes each time the disk is asked to keep something.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

const { folder } = workerData;
const { fdatasyncSync } = fs;
const notes = join(folder, 'syncs');

fs.writeFileSync(notes, '');
fs.fdatasyncSync = file => {
  fs.appendFileSync(notes, '.');
  fdatasyncSync(file);
};
syncBuiltinESMExports();

register();
await import('../../src/database/serve-pglite.ts');
