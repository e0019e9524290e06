// The thread of the embedded store, on a disk that hangs while a file `hang` is
// in the folder: it waits in the kernel for a pipe that nobody writes to.
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { workerData } from 'node:worker_threads';
import { register } from 'tsx/esm/api';

const { fdatasyncSync } = fs;
const pipe = join(workerData.folder, 'hang');

fs.fdatasyncSync = file => {
  if (fs.existsSync(pipe)) fs.readFileSync(pipe);
  fdatasyncSync(file);
};
syncBuiltinESMExports();

register();
await import('../../src/database/serve-pglite.ts');
