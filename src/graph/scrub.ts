import { isObject } from '../core/values';

// Meta quotes what it was sent in some of its error messages. An error ends up
// in logs and saved states, so what was sent is taken out of it again.

/** Keys whose values are Meta's vocabulary, not a person's data. */
const VOCABULARY = new Set([
  'messaging_product',
  'recipient_type',
  'type',
  'sub_type',
  'index',
  'policy',
  'parameter_name',
  'status',
  'category',
  'language',
  'mode',
  'flow_action',
]);

/** Meta's words without anything that was sent, and without phone numbers. */
export function scrub(words: string, sent: unknown): string {
  return contentsOf(sent)
    .sort((a, b) => b.length - a.length)
    .reduce((text, content) => text.replace(wholly(content), '***'), words)
    .replace(/\+?\d[\d ().-]{5,}\d/g, '***');
}

/** The content where it stands alone, not inside a longer word. */
function wholly(content: string): RegExp {
  const literal = content.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, 'giu');
}

function contentsOf(value: unknown, key = ''): string[] {
  if (VOCABULARY.has(key)) return [];
  if (Buffer.isBuffer(value)) return contentsOf(readJson(value.toString()));
  if (typeof value === 'string') {
    return value.trim() === '' ? [] : [value, ...contentsOf(readJson(value))];
  }
  if (Array.isArray(value)) return value.flatMap(item => contentsOf(item, key));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    // The name of a template is the first thing that its author has to know.
    key === 'template' && name === 'name' ? [] : contentsOf(inner, name),
  );
}

/** What a text holds that the job wrote as JSON by itself. */
function readJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
