// Packs every workspace, looks at the tarballs as npm would publish them, and
// installs them in an empty project, where each is loaded and each bin started.
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

type Manifest = {
  name: string;
  version: string;
  bin?: Record<string, string>;
  exports: Record<string, string | Record<string, string>>;
};
type Package = { manifest: Manifest; tarball: string };

const { workspaces } = readJson('package.json') as { workspaces: string[] };

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** Runs a program and gives what it prints; what it prints when it fails is in the error. */
function run(folder: string, program: string, ...args: string[]): string {
  try {
    return execFileSync(program, args, {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as Record<string, string>;
    throw new Error(`${program} ${args.join(' ')}\n${stdout}${stderr}`);
  }
}

const bin = (name: string) => resolve('node_modules/.bin', name);

function pack(workspace: string, to: string): Package {
  const packed = run(
    workspace,
    'npm',
    'pack',
    '--ignore-scripts',
    '--json',
    '--pack-destination',
    to,
  );
  const [, file = ''] = /"filename": "([^"]+)"/.exec(packed) ?? [];
  const manifest = readJson(join(workspace, 'package.json')) as Manifest;
  return { manifest, tarball: join(to, file) };
}

/** Whether the entries of package.json lead to files, and the types fit them. */
function lint({ manifest, tarball }: Package): void {
  const isBoth = canBeRequired(manifest);
  run('.', bin('publint'), 'run', tarball, ...(isBoth ? [] : ['--strict']));
  const profile = isBoth ? 'node16' : 'esm-only';
  run(
    '.',
    bin('attw'),
    tarball,
    '--profile',
    profile,
    '--format',
    'ascii',
    '--no-emoji',
    ...IGNORED,
  );
}

// The declarations are those of CommonJS for both forms: OpenFn's editor wants
// imports without extension, which TypeScript takes in CommonJS only. The
// default export is there in both: test/package.test.ts loads them.
const IGNORED = ['--ignore-rules', 'false-cjs', 'false-export-default'];

function canBeRequired({ exports }: Manifest): boolean {
  const main = exports['.'];
  return typeof main === 'object' && 'require' in main;
}

function install(packages: Package[], folder: string): void {
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  run(
    folder,
    'npm',
    'install',
    '--prefer-offline',
    '--no-audit',
    '--no-fund',
    ...packages.map(({ tarball }) => tarball),
  );
}

function load({ manifest }: Package, folder: string): void {
  const name = JSON.stringify(manifest.name);
  const check = 'if (Object.keys(loaded).length === 0) throw new Error();';
  writeFileSync(
    join(folder, 'load.mjs'),
    `import * as loaded from ${name}; ${check} process.exit();`,
  );
  run(folder, process.execPath, 'load.mjs');
  if (!canBeRequired(manifest)) return;
  writeFileSync(
    join(folder, 'load.cjs'),
    `const loaded = require(${name}); ${check} process.exit();`,
  );
  run(folder, process.execPath, 'load.cjs');
}

function start({ manifest }: Package, folder: string): void {
  for (const name of Object.keys(manifest.bin ?? {})) {
    const help = run(folder, join(folder, 'node_modules/.bin', name), '--help');
    if (!help.includes(name)) throw new Error(`${name} --help says:\n${help}`);
  }
}

const folder = mkdtempSync(join(tmpdir(), 'packages-'));
try {
  const packages = ['.', ...workspaces].map(each => pack(each, folder));
  packages.forEach(lint);
  const project = join(folder, 'project');
  install(packages, project);
  for (const each of packages) {
    load(each, project);
    start(each, project);
  }
} finally {
  rmSync(folder, { recursive: true });
}
