import { build } from 'esbuild';
import { CLI, startBuild, writeTypes } from '../scripts/build-workspace';

const options = startBuild(import.meta.url);
await build({ ...options, entryPoints: ['src/index.ts'] });
await build({ ...options, ...CLI });
writeTypes();
