// The one table: a row for each contestant, a value and a ratio in each cell.
import { contestants } from './contestants.js';

const COLUMNS = [
  '50 at a time, messages/s',
  'CPU a message',
  'one at a time, messages/s',
  'cold import',
  '10,000 in a chain, CPU a message',
];

const GOALS = ['≥ 0.80', '', '', '≤ 0.50', '≤ 1.20'];

/** Markdown of all results; what a contestant did not take part in stays empty. */
export function tableOf({ together, alone, imports, chains }) {
  const rows = contestants.map(({ name, label }) => [
    label,
    cell(together.get(name)?.rate, whole),
    cell(together.get(name)?.cpu, microseconds),
    cell(alone.get(name)?.rate, whole),
    cell(imports.get(name), milliseconds),
    cell(chains.get(name), microseconds),
  ]);
  const here = `Node ${process.version}, ${process.platform} ${process.arch}`;
  const goals = ['goal of this adaptor', ...GOALS];
  const rule = ['---', ...COLUMNS.map(() => '---:')];
  return [[here, ...COLUMNS], rule, ...rows, goals].map(line).join('\n');
}

const line = cells => `| ${cells.join(' | ')} |`;

const cell = (result, write) =>
  result === undefined
    ? ''
    : `${write(result.value)} · **${result.ratio.toFixed(2)}**`;

const whole = value => Math.round(value).toLocaleString('en-US');
const microseconds = value => `${value.toFixed(value < 100 ? 1 : 0)} µs`;
const milliseconds = value => `${value.toFixed(0)} ms`;
