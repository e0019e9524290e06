import { refuse } from '../../core/errors';
import type { Check, Json } from '../rules';
import { all, list as listOf, object, optional } from '../rules';
import { label } from '../values';
import { body, header, interactiveWith } from './parts';

const ROWS = 10;

const row = object({
  id: label(200),
  title: label(24),
  description: optional(label(72)),
});

const section = object({
  title: optional(label(24)),
  rows: listOf(row, 1, ROWS),
});

/** Sections have to be told apart as soon as there are two. */
export const titled: Check = (value, at) => {
  const sections = value as Json[];
  if (sections.length > 1 && sections.some(({ title }) => !title))
    refuse(131008, `Each section in ${at} needs a title.`);
};

const rows: Check = (value, at) => {
  const ids = (value as { rows: { id: string }[] }[]).flatMap(section =>
    section.rows.map(({ id }) => id),
  );
  if (ids.length > ROWS)
    refuse(131009, `Param ${at} must have at most ${ROWS} rows in all.`);
  if (new Set(ids).size < ids.length)
    refuse(131009, `Each row id in ${at} must be unique.`);
};

export const list = interactiveWith(
  object({
    button: label(20),
    sections: all(listOf(section, 1, 10), titled, rows),
  }),
  { header: optional(header('text')), body: body(4096) },
);
