// Writes docs/licenses.md: the license of everything that is installed with the
// packages. With --check it only compares; a license that is not known to be
// compatible with ours fails.
import { readFileSync } from 'node:fs';
import { page, table } from './docs/markdown';
import { deliver, stop } from './generated';

type Locked = {
  version?: string;
  license?: string;
  dev?: boolean;
  link?: boolean;
};

const PAGE = 'docs/licenses.md';
/** May be combined with LGPL-3.0-or-later. */
const COMPATIBLE = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'LGPL-3.0',
  'LGPL-3.0-or-later',
  'LGPLv3',
  'MIT',
  'PostgreSQL',
  'Python-2.0',
  'Unlicense',
]);

const MODULES = 'node_modules/';
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  packages: Record<string, Locked>;
};
const rows = Object.entries(packages)
  .filter(([path, { dev, link }]) => path.includes(MODULES) && !dev && !link)
  .map(([path, { version = '', license = 'none' }]) => ({
    name: path.slice(path.lastIndexOf(MODULES) + MODULES.length),
    version,
    license,
  }));

/** `MIT OR Apache-2.0` leaves the choice; of `MIT AND ISC` both hold. */
const isCompatible = (license: string): boolean =>
  license
    .replaceAll(/[()]/g, '')
    .split(' OR ')
    .some(choice => choice.split(' AND ').every(each => COMPATIBLE.has(each)));

const refused = rows.filter(({ license }) => !isCompatible(license));
if (refused.length > 0) {
  const names = refused.map(({ name, license }) => `${name} (${license})`);
  stop(
    `Not known to be compatible with LGPL-3.0-or-later: ${names.join(', ')}. See COMPATIBLE in scripts/licenses.ts.`,
  );
}

const names = [...new Set(rows.map(({ name }) => name))].sort();
const licenseOf = (name: string) => {
  const found = rows
    .filter(row => row.name === name)
    .map(({ license }) => license);
  return [...new Set(found)].join(', ');
};
deliver(
  PAGE,
  await page(PAGE, [
    '# Licenses',
    'What is installed with the adaptor, the gateway and the simulator, with its license. What is bundled besides is in `THIRD-PARTY-LICENSES.txt` of each package.',
    table(
      ['Package', 'License'],
      names.map(name => [name, licenseOf(name)]),
    ),
  ]),
);
