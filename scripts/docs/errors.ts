import type { ErrorOperations } from './error-operations';
import rows from './errors.json' with { type: 'json' };
import { GROUPS } from './groups';
import { code, page, table } from './markdown';

type Row = {
  what: string;
  fix: string;
  /** Whether a message may have been sent; `no` when it is left out. */
  sent?: string;
  /** Names and groups of operations, where Meta decides which ones give it. */
  operations?: string[];
};

/** Each code of ours: what happened, and what to do. */
export const ERRORS: Record<string, Row> = rows;

/** The page of all error codes. */
export const errorsPage = (
  path: string,
  operations: ErrorOperations,
): Promise<string> =>
  page(path, [
    '# Errors',
    'Every failure is a `WhatsAppError`, with one of these as `code`. Its `description` and `fix` say more about the case than this table, and `metaCode` and `metaMessage` what Meta said.',
    '`sent` says whether a message may have gone out: `no`, or `maybe`. The column tells what it is as a rule; where it says "see `sent`", only the error itself knows. The last column names the operations that can give the error, or their groups in [operations.md](operations.md). `broadcast` has the errors of the operation that it runs in its rows.',
    table(
      ['Code', 'What happened', 'What to do', 'Sent?', 'Given by'],
      Object.entries(ERRORS).map(
        ([name, { what, fix, sent = 'no', ...row }]) => [
          code(name),
          what,
          fix,
          sent,
          describeOperations(row.operations ?? operations.get(name) ?? []),
        ],
      ),
    ),
  ]);

const ALL = Object.values(GROUPS).flat();
/** Fewer than this many exceptions are named. */
const FEW = 4;

/** Operations in as few words as possible: all, whole groups, then names. */
export function describeOperations(names: string[]): string {
  const missing = ALL.filter(name => !names.includes(name));
  if (missing.length === 0) return 'every operation';
  if (missing.length < FEW) {
    return `every operation but ${missing.map(code).join(', ')}`;
  }
  const groups = Object.entries(GROUPS).filter(
    ([title, members]) =>
      names.includes(title) || members.every(name => names.includes(name)),
  );
  const grouped = groups.flatMap(([, members]) => members);
  const others = names.filter(
    name => !grouped.includes(name) && !(name in GROUPS),
  );
  return [...groups.map(([title]) => title), ...others.map(code)].join(', ');
}
