import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

// Loaded before the gateway: a disk that takes 10 ms more for each sync.
const { fdatasyncSync } = fs;
const lock = new Int32Array(new SharedArrayBuffer(4));

fs.fdatasyncSync = file => {
  fdatasyncSync(file);
  Atomics.wait(lock, 0, 0, 10);
};
syncBuiltinESMExports();
