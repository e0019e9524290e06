/**
 * What the parts of Meta's object are called in the arguments of an operation:
 * `'action.buttons[].reply': 'buttons[]'`. The first that fits is taken; `[]`
 * stands for any item of a list, an empty path for all that is left.
 */
export type Names = Readonly<Record<string, string>>;

/** A path in Meta's object, such as `.body.text`, in the job writer's words. */
export function rename(path: string, names: Names): string | undefined {
  for (const [theirs, ours] of Object.entries(names)) {
    const found = patternOf(theirs).exec(path);
    if (!found) continue;
    const [whole, ...indexes] = found;
    const word = ours.replaceAll('[]', () => indexes.shift() ?? '');
    return word + path.slice(whole.length);
  }
  return undefined;
}

function patternOf(theirs: string): RegExp {
  const dotted = /^[^[]/.test(theirs) ? `.${theirs}` : theirs;
  const escaped = dotted.replaceAll(/[.[\]]/g, '\\$&');
  const indexed = escaped.replaceAll('\\[\\]', '(\\[\\d+\\])');
  return new RegExp(`^${indexed}(?![^.[])`);
}
