import { format, resolveConfig } from 'prettier';

/** A table; what stands in a cell may hold the signs that tables are made of. */
export function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.map(asCell).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join(
    '\n',
  );
}

const asCell = (text: string): string =>
  text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ').trim();

export const code = (text: string): string => `\`${text}\``;

export const codeBlock = (language: string, text: string): string =>
  ['```' + language, text, '```'].join('\n');

/** A link to a heading of the same page, by GitHub's rule for its address. */
export function linkTo(heading: string, text = heading): string {
  const slug = heading
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, '')
    .replaceAll(/\s/g, '-');
  return `[${text}](#${slug})`;
}

/** A page of these blocks, as prettier would leave it. */
export async function page(
  path: string,
  blocks: (string | undefined)[],
): Promise<string> {
  const text = [
    '<!-- Written by "npm run docs": edit the sources instead. -->',
    ...blocks.filter(Boolean),
  ].join('\n\n');
  return format(text, { ...(await resolveConfig(path)), filepath: path });
}
