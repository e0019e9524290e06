import type { Client } from '../../core/client';
import type { Query } from '../../graph/url';
import type { AccountOptions, ListFacts, Template } from '../../types';
import { readTemplates } from './list';
import { isTemplate } from './template';

/** A template in all its languages, and what else there is when it cannot be sent. */
export type Family = {
  name: string;
  languages: Template[];
  /** Approved templates of other names; looked up only when none of this name is approved. */
  others: Template[];
  response: ListFacts;
};

const OTHERS = 200;

/** Looks a template up by its name. */
export async function findFamily(
  client: Client,
  name: string,
  options: AccountOptions = {},
): Promise<Family> {
  const read = (query: Query, limit: number) =>
    readTemplates(client, query, { limit }, options);
  // To the end: Meta's filter also finds the many names that merely contain ours.
  const found = await read({ name }, Infinity);
  const languages = found.items
    .filter(isTemplate)
    .filter(template => template.name === name);
  const approved = languages.some(isApproved)
    ? undefined
    : await read({ status: 'APPROVED' }, OTHERS);
  const others = approved?.items.filter(isTemplate) ?? [];
  return { name, languages, others, response: found.response };
}

/** The only status in which a template can be sent. */
export const isApproved = ({ status }: Template): boolean =>
  status === 'APPROVED';
