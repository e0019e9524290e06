// Counts the files that one call passes through: npm run journeys.
// --files lists them in the order in which they first run, --json prints them
// for a program, and --check fails above a limit. The import chain counts files
// that import values of each other.
import { register } from 'node:module';
import { longestChain } from './journeys/chain';
import type { Journey } from './journeys/journey';

type Row = {
  name: string;
  count: number;
  limit: number | undefined;
  files: string[];
};

const CHAIN_LIMIT = 10;

// Before the modules that it watches are loaded.
register('./journeys/hooks.ts', import.meta.url);
const { adaptorJourneys } = await import('./journeys/adaptor');
const { gatewayJourneys } = await import('./journeys/gateway');

async function measure({ name, limit, run }: Journey): Promise<Row> {
  const files = await run();
  return { name, count: files.length, limit, files };
}

function chainRow(): Row {
  const files = longestChain('src');
  return {
    name: 'import chain',
    count: files.length,
    limit: CHAIN_LIMIT,
    files,
  };
}

const isAbove = ({ count, limit }: Row) => limit !== undefined && count > limit;

const has = (flag: string) => process.argv.includes(flag);

function print(rows: Row[]): void {
  const width = Math.max(...rows.map(({ name }) => name.length));
  const line = (...cells: (string | number)[]) =>
    cells
      .map((cell, index) =>
        String(cell)[index === 0 ? 'padEnd' : 'padStart'](
          index === 0 ? width : 7,
        ),
      )
      .join('');
  console.log(line('', 'files', 'limit'));
  for (const row of rows) {
    const { name, count, limit, files } = row;
    const note = isAbove(row) ? '  above' : '';
    console.log(line(name, count, limit ?? '-') + note);
    if (has('--files')) console.log(files.map(file => `  ${file}\n`).join(''));
  }
}

const rows: Row[] = [];
for (const journey of [...adaptorJourneys, ...gatewayJourneys]) {
  rows.push(await measure(journey));
}
rows.push(chainRow());
if (has('--json')) console.log(JSON.stringify(rows, null, 2));
else print(rows);
process.exit(has('--check') && rows.some(isAbove) ? 1 : 0);
