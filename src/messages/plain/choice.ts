import { isObject } from '../../core/values';
import { isBlank, readFields, readLabel } from './fields';

const FIELDS = ['id', 'title'];

/** Something to choose: its title, or an object with it. Without an ID of its own, its title comes back. */
export function readChoice(
  choice: unknown,
  at: string,
  known: readonly string[] = FIELDS,
): { id: string; title: string } {
  if (!isObject(choice)) {
    const title = readLabel(choice, at);
    return { id: title, title };
  }
  const fields = readFields(choice, at, known);
  const title = readLabel(fields['title'], `${at}.title`);
  const given = fields['id'];
  return { id: isBlank(given) ? title : readLabel(given, `${at}.id`), title };
}
