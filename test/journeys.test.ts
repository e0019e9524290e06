import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect } from 'chai';

type Row = { name: string; count: number; limit?: number; files: string[] };

/** The files that each Mermaid picture of a journey names, in order. */
function picturesIn(page: string): Map<string, string[]> {
  const blocks = page.matchAll(
    /```mermaid\n%% journey: ([\w ]+)\n([\s\S]*?)```/g,
  );
  return new Map(
    [...blocks].map(([, name = '', picture = '']) => [
      name,
      picture.match(/[\w/-]+\.ts\b/g) ?? [],
    ]),
  );
}

// Several things run at a time there, and their order can change.
const CONCURRENT = ['broadcast', 'gateway'];

const ordered = (journey: string, files: string[]): string[] =>
  CONCURRENT.includes(journey) ? [...files].sort() : files;

describe('npm run journeys', () => {
  const page = readFileSync('docs/architecture.md', 'utf8');
  let journeys: Row[];

  before(() => {
    const output = execFileSync(
      process.execPath,
      ['--import', 'tsx', 'scripts/journeys.ts', '--json'],
      { encoding: 'utf8' },
    );
    journeys = JSON.parse(output) as Row[];
  });

  it('counts no more files than a reader should have to open', () => {
    const above = journeys
      .filter(({ count, limit }) => limit !== undefined && count > limit)
      .map(({ name, count, limit }) => `${name}: ${count}, not ${limit}`);

    expect(above).to.deep.equal([]);
  });

  it('passes the files that the pictures show', () => {
    const drawn = [...picturesIn(page)].map(([name, files]) => [
      name,
      ordered(name, files),
    ]);

    const passed = journeys
      .filter(({ name }) => name !== 'import chain')
      .map(({ name, files }) => [
        name,
        ordered(
          name,
          files.map(file => file.replace(/^(gateway\/)?src\//, '')),
        ),
      ]);

    expect(drawn).to.deep.equal(passed);
  });
});
