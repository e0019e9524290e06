import type { State } from '../types';
import { isObject } from './values';

// The source text of a function of state, read as far as an error needs it. It
// is never evaluated.

/** A field of state that a function reads, and what is there. */
export type Reference = { path: string[]; value: unknown };

/** The words between quotes, and those of templates outside of `${}`. */
export function literalsIn(source: string): string {
  let words = '';
  /** What stands around: a template, or code with its brackets. */
  const around: ('`' | '{')[] = [];
  for (let at = 0; at < source.length; at++) {
    const sign = source.charAt(at);
    const next = source.charAt(at + 1);
    if (around.at(-1) === '`') {
      if (sign === '`') around.pop();
      if (sign === '$' && next === '{') {
        around.push('{');
        at++;
        continue;
      }
      words += sign === '\\' ? source.charAt(++at) : sign;
    } else if (sign === '`' || sign === '{') around.push(sign);
    else if (sign === '}') around.pop();
    else if (sign === '/' && (next === '/' || next === '*')) {
      at = endOf(source, next === '/' ? '\n' : '*/', at + 2);
    } else if (sign === '"' || sign === "'") {
      const end = endOf(source, sign, at + 1);
      words += `\n${source.slice(at + 1, end)}\n`;
      at = end;
    }
  }
  return words;
}

/** Where a sign comes next that has no backslash before it. */
function endOf(source: string, sign: string, from: number): number {
  for (let at = from; at < source.length; at++) {
    if (source.startsWith(sign, at)) return at + sign.length - 1;
    if (source.charAt(at) === '\\') at++;
  }
  return source.length;
}

const PARAMETER =
  /^\s*(?:async\s*)?(?:function\s*[\w$]*\s*)?\(?\s*(?:([A-Za-z_$][\w$]*)|\{([^}]*)\})/;
const STEP = /\.\s*([A-Za-z_$][\w$]*)|\[\s*(?:(\d+)|'([^']*)'|"([^"]*)")\s*\]/g;
const STEPS =
  /(?:\s*\??\.\s*[A-Za-z_$][\w$]*|\s*(?:\?\.)?\[\s*(?:\d+|'[^'\n]*'|"[^"\n]*")\s*\])*/
    .source;

/** What a function reads of its parameter, as in `state => state.data.name`. */
export function referencesIn(source: string, state: State): Reference[] {
  const [head = '', name, fields] = PARAMETER.exec(source) ?? [];
  const body = source.slice(head.length);
  const root = name ?? (/\bdata\b/.test(fields ?? '') ? 'data' : undefined);
  if (root === undefined) return [];
  const above = name === undefined ? ['data'] : [];
  const pattern = new RegExp(
    `(?<![\\w$.])${root.replaceAll('$', '\\$')}(?![\\w$])(${STEPS})`,
    'g',
  );
  return [...body.matchAll(pattern)].map(([, steps = '']) => {
    const path = [...steps.matchAll(STEP)].map(
      ([, field, index, single, double]) =>
        field ?? index ?? single ?? double ?? '',
    );
    return lookUp(state, [...above, ...path]);
  });
}

/** Goes along a path as far as there are fields; the rest are methods. */
function lookUp(state: State, path: string[]): Reference {
  let value: unknown = state;
  for (const [index, name] of path.entries()) {
    const isList = Array.isArray(value);
    if (!isList && !isObject(value))
      return { path: path.slice(0, index), value };
    if (isList && !/^\d+$/.test(name)) {
      return { path: path.slice(0, index), value };
    }
    value = Object.hasOwn(value as object, name)
      ? (value as Record<string, unknown>)[name]
      : undefined;
  }
  return { path, value };
}
