import { parse as parseModule } from 'acorn';
import type { Comment, Program, Token } from 'acorn';
import { parse } from 'recast';

/** A parsed file as recast prints it: untouched parts keep their formatting. */
export interface File {
  type: 'File';
  program: Program;
}

/** Parses a job as a module of the newest syntax, with its comments. */
export function parseJob(source: string): File {
  // OpenFn cuts one trailing space too.
  return parse(source.replace(/ $/, ''), {
    parser: { parse: parseForRecast },
    sourceFileName: 'job.js',
  }) as File;
}

function parseForRecast(source: string) {
  const comments: Comment[] = [];
  const tokens: Token[] = [];
  const program = parseModule(source, {
    ecmaVersion: 'latest',
    sourceType: 'module',
    allowHashBang: true,
    locations: true,
    onComment: comments,
    onToken: tokens,
  });
  return Object.assign(program, { comments, tokens });
}
