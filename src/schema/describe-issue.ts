import type * as v from 'valibot';

const NOUNS: Record<string, string> = {
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  custom: 'an object',
  union: 'a number or text',
};

/**
 * What is wrong and what to do, of a value that the writer of the job knows as
 * `at`. `actual` says what stands where the issue is.
 */
export function describeIssue(
  issue: v.BaseIssue<unknown>,
  actual: string,
  at: string,
  names: Names,
): readonly [description: string, fix: string] {
  const path = pathOf(issue);
  const where = renamePath(path, names) ?? at + path;
  return issue.kind === 'schema'
    ? describeMismatch(issue, actual, where)
    : describeBrokenRule(issue, where);
}

/** A value of the wrong type, told without quoting it. */
function describeMismatch(
  issue: v.BaseIssue<unknown>,
  actual: string,
  where: string,
) {
  const { input, type, expected } = issue;
  if (input === undefined) return describeMissing(where);
  if (type === 'picklist') {
    return [
      `${where} is ${actual === 'text' ? 'none of the words that it can be' : actual}.`,
      `Use ${(expected ?? '').replace(/^\(|\)$/g, '').replaceAll(' | ', ' or ')}.`,
    ] as const;
  }
  if (type === 'string' && typeof input === 'number') {
    return describeNumber(input, where);
  }
  const expectedName = NOUNS[type] ?? expected ?? 'something else';
  return [
    `${where} is ${actual}; it must be ${expectedName}.`,
    // The message of an object is the list of its fields.
    type === 'custom'
      ? `Write it as { ${issue.message} }.`
      : `Give ${where} as ${expectedName}.`,
  ] as const;
}

/** Of an ID, only a number that has lost digits, or never was one, comes here. */
const describeNumber = (input: number, where: string) =>
  Number.isInteger(input) && !Number.isSafeInteger(input)
    ? ([
        `${where} is a number too long to be exact: its last digits are lost.`,
        `Keep ${where} as text all the way, between quotes.`,
      ] as const)
    : ([
        `${where} is a number; it must be text.`,
        `Give ${where} as text.`,
      ] as const);

// What is missing is also told so when its object lacks the very field.
const describeMissing = (where: string) =>
  [
    `${where} is missing.`,
    `Add ${where}, or check the field of state that it comes from.`,
  ] as const;

/** A rule that does not hold: its message has both sentences. */
function describeBrokenRule(issue: v.BaseIssue<unknown>, where: string) {
  const [description = '', fix = ''] = issue.message.split('\n');
  return [`${where} ${description}.`, fix] as const;
}

function pathOf(issue: v.BaseIssue<unknown>): string {
  return (issue.path ?? [])
    .map(({ key }) =>
      typeof key === 'number' ? `[${key}]` : `.${String(key)}`,
    )
    .join('');
}

/**
 * The names that the caller knows the fields of a value by, when it was built
 * from other arguments: `'action.buttons[].reply': 'buttons[]'`. The first that
 * matches is taken; `[]` is any item of a list, an empty path everything else.
 */
export type Names = Readonly<Record<string, string>>;

/** A path such as `.body.text`, by the name that the caller knows it by. */
export function renamePath(path: string, names: Names): string | undefined {
  for (const [schemaPath, ownPath] of Object.entries(names)) {
    const match = patternOf(schemaPath).exec(path);
    if (!match) continue;
    const [matched, ...indexes] = match;
    const name = ownPath.replaceAll('[]', () => indexes.shift() ?? '');
    return name + path.slice(matched.length);
  }
  return undefined;
}

function patternOf(schemaPath: string): RegExp {
  const dotted = /^[^[]/.test(schemaPath) ? `.${schemaPath}` : schemaPath;
  const escaped = dotted.replaceAll(/[.[\]]/g, '\\$&');
  const indexed = escaped.replaceAll('\\[\\]', '(\\[\\d+\\])');
  return new RegExp(`^${indexed}(?![^.[])`);
}
