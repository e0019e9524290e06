import type { Part } from './component';

/** The order in which Meta's own examples have them; others come after. */
const ORDER = ['header', 'body', 'limited_time_offer', 'carousel', 'button'];

/**
 * All components in order. A raw one takes the place of those that the other
 * arguments made for the same part of the template.
 */
export function merge(made: readonly Part[], raw: readonly Part[]): Part[] {
  const replaced = new Set(raw.map(partOf));
  return [...made.filter(part => !replaced.has(partOf(part))), ...raw].sort(
    (a, b) =>
      rankOf(a) - rankOf(b) ||
      Number(a['index'] ?? 0) - Number(b['index'] ?? 0),
  );
}

/** The part of the template that a component fills: of buttons there are several. */
const partOf = ({ type, index }: Part): string =>
  type === 'button' ? `button ${String(index)}` : type;

function rankOf({ type }: Part): number {
  const rank = ORDER.indexOf(type);
  return rank === -1 ? ORDER.length : rank;
}
