import type { Context } from 'hono';
import { metaError, refuse } from '../core/errors';

const DEFAULT_LIMIT = 25;

const cursorOf = (index: number) =>
  Buffer.from(`after ${index}`).toString('base64url');

/** The index that a cursor stands for. */
function indexOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const text = Buffer.from(cursor, 'base64url').toString();
  const [, index] = /^after (\d+)$/.exec(text) ?? [];
  if (index === undefined)
    throw metaError(131059, 'The cursor is damaged or too old.');
  return Number(index);
}

function limitOf(text: string | undefined): number {
  if (text === undefined) return DEFAULT_LIMIT;
  if (!/^[1-9]\d*$/.test(text)) refuse(100, 'Param limit must be a number.');
  return Number(text);
}

/** The page of a list that is asked for, as Graph gives it: `next` only when there is more. */
export function pageOf<Item>(c: Context, items: readonly Item[]) {
  const { limit, after } = c.req.query();
  const start = indexOf(after);
  const end = start + limitOf(limit);
  const data = items.slice(start, end);
  if (data.length === 0) return { data };
  const cursors = { before: cursorOf(start), after: cursorOf(end) };
  // Meta's own address holds the token; to follow it instead of the cursor is a mistake.
  const next = `https://graph.facebook.com/next?after=${cursors.after}`;
  const hasNext = end < items.length;
  return { data, paging: { cursors, ...(hasNext && { next }) } };
}

/** What an object has of the fields that were asked for; the ID is always there. */
export function pick(
  object: Record<string, unknown>,
  fields: string | undefined,
) {
  if (fields === undefined) return object;
  const wanted = ['id', ...fields.split(',')];
  return Object.fromEntries(
    Object.entries(object).filter(([name]) => wanted.includes(name)),
  );
}
