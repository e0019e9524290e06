// Of Latin and other letters, and of Arabic ones.
const ACCENTS = /[\u0300-\u036f\u064b-\u0652\u0670]/g;
const INVISIBLE = /\p{Cf}/gu;

/** A text without what two people write differently: case, accents, spaces, width. */
export function normalizeWords(text: string): string {
  return text
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .replace(INVISIBLE, '')
    .toLowerCase()
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .replace(/\s+/g, ' ')
    .trim();
}
