import rows from './errors.json' with { type: 'json' };
import { code, page, table } from './markdown';

type Row = {
  what: string;
  fix: string;
  /** Whether a message may have been sent; `no` when it is left out. */
  sent?: string;
};

/** Each code of ours: what happened, and what to do. */
export const ERRORS: Record<string, Row> = rows;

/** The page of all error codes. */
export const errorsPage = (path: string): Promise<string> =>
  page(path, [
    '# Errors',
    'Every failure is a `WhatsAppError`, with one of these as `code`. Its `description` and `fix` say more of the very case than this table, and `metaCode` and `metaMessage` what Meta said. `sent` says whether a message may have gone out: `no`, or `maybe`. The last column tells what it is as a rule; where it says "see `sent`", only the error itself knows.',
    table(
      ['Code', 'What happened', 'What to do', 'Sent?'],
      Object.entries(ERRORS).map(([name, { what, fix, sent = 'no' }]) => [
        code(name),
        what,
        fix,
        sent,
      ]),
    ),
  ]);
