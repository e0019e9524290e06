import { writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { buildConsole } from './build-console';
import { CLI, startBuild, writeTypes } from '../scripts/build-workspace';
import { notices } from '../scripts/notices';

const options = {
  // The adaptor's reading of webhooks, and what it imports, goes into the bundle.
  ...startBuild(import.meta.url),
  // Functions that share a name keep it in the stacks of errors.
  keepNames: true,
};

await build({
  ...options,
  entryPoints: {
    index: 'src/index.ts',
    'pglite-worker': 'src/database/serve-pglite.ts',
  },
});
const { metafile } = await build({ ...options, ...CLI, metafile: true });
const outputs = {
  ...metafile.outputs,
  ...(await buildConsole('dist/console')),
};
writeFileSync(
  'dist/THIRD-PARTY-LICENSES.txt',
  notices({ ...metafile, outputs }),
);
writeTypes();
