/** What a body is that is no answer of the API, in words for people. */
export function formOf(text: string): string {
  if (text.trim() === '') return 'an empty body';
  // The first bytes of gzip, whose second one is no UTF-8.
  if (text.startsWith('\x1f\ufffd')) return 'compressed';
  if (/^\s*</.test(text)) return 'an HTML page';
  if (!/^\s*[[{]/.test(text)) return 'plain text';
  return isJson(text) ? 'JSON of another kind' : 'broken JSON';
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
