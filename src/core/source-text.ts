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
  const contexts: ('`' | '{')[] = [];
  for (let index = 0; index < source.length; index++) {
    const character = source.charAt(index);
    const next = source.charAt(index + 1);
    if (contexts.at(-1) === '`') {
      if (character === '`') contexts.pop();
      if (character === '$' && next === '{') {
        contexts.push('{');
        index++;
        continue;
      }
      words += character === '\\' ? source.charAt(++index) : character;
    } else if (character === '`' || character === '{') contexts.push(character);
    else if (character === '}') contexts.pop();
    else if (character === '/' && (next === '/' || next === '*')) {
      index = endOf(source, next === '/' ? '\n' : '*/', index + 2);
    } else if (character === '"' || character === "'") {
      const end = endOf(source, character, index + 1);
      words += `\n${source.slice(index + 1, end)}\n`;
      index = end;
    }
  }
  return words;
}

/** Where a sign comes next that has no backslash before it. */
function endOf(source: string, character: string, from: number): number {
  for (let index = from; index < source.length; index++) {
    if (source.startsWith(character, index))
      return index + character.length - 1;
    if (source.charAt(index) === '\\') index++;
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
  const prefix = name === undefined ? ['data'] : [];
  const pattern = new RegExp(
    `(?<![\\w$.])${root.replaceAll('$', '\\$')}(?![\\w$])(${STEPS})`,
    'g',
  );
  return [...body.matchAll(pattern)].map(([, steps = '']) => {
    const path = [...steps.matchAll(STEP)].map(
      ([, field, index, single, double]) =>
        field ?? index ?? single ?? double ?? '',
    );
    return lookUp(state, [...prefix, ...path]);
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
