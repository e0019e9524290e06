import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

const LICENSE_FILE = /^(licen[cs]e|copying|notice)/i;
const RULE = '-'.repeat(80);

/** The licenses of every package that a bundle holds, which ask to be handed on with it. */
export function notices(metafile: Metafile): string {
  return [
    'The files of this folder contain the packages below, under their licenses.\n',
    ...bundledFolders(metafile).map(noticeOf),
  ].join(`\n${RULE}\n\n`);
}

/** The folders of the packages, each once, in the order of their names. */
export function bundledFolders({ outputs }: Metafile): string[] {
  const folders = Object.values(outputs)
    .flatMap(({ inputs }) => Object.keys(inputs))
    .flatMap(path => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
  return [...new Set(folders)].sort();
}

function noticeOf(folder: string): string {
  const { name, version, license } = readPackage(folder);
  const files = readdirSync(folder).filter(file => LICENSE_FILE.test(file));
  if (files.length === 0) throw new Error(`${name} has no license file.`);
  const texts = files.sort().map(file => read(folder, file).trim());
  return [`${name} ${version} (${license})`, ...texts, ''].join('\n\n');
}

type Package = { name: string; version: string; license: string };

const readPackage = (folder: string): Package =>
  JSON.parse(read(folder, 'package.json')) as Package;

const read = (folder: string, file: string): string =>
  readFileSync(join(folder, file), 'utf8');
