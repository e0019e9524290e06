import * as v from 'valibot';
import type { Client } from '../../core/client';
import type { Context, Result } from '../../core/operation';
import { isObject } from '../../core/values';
import { readPages } from '../../graph/pages';
import type { Extent, Listed } from '../../graph/pages';
import type { Query } from '../../graph/url';
import { anyList, text } from '../../schema/rules';
import type {
  AccountOptions,
  ListFacts,
  ListTemplatesOptions,
  Template,
} from '../../types';
import { deliveryOf, readPageOptions } from '../options';

/** What is asked of a template; without it, Meta leaves half of them out. */
export const FIELDS = [
  'id',
  'name',
  'language',
  'status',
  'category',
  'sub_category',
  'parameter_format',
  'components',
  'quality_score',
  'rejected_reason',
  'previous_category',
  'message_send_ttl_seconds',
].join(',');

/** Whether an object of Meta's is a template that can be told apart. */
export const isTemplate = (value: unknown): value is Template =>
  isObject(value) &&
  typeof value['name'] === 'string' &&
  typeof value['language'] === 'string';

/** A template as people call it: `visit_reminder (en_US)`. */
export const labelOf = (name: string, language: string): string =>
  `${name} (${language})`;

const one = text();
const words = v.union([one, anyList(one)]);

const schemas = {
  name: one,
  language: words,
  status: words,
  category: words,
};

/** The templates of the account, narrowed down by what Meta knows to look for. */
export async function readTemplateList(
  { client }: Context,
  given: unknown,
): Promise<Result> {
  const { options, extent } = readPageOptions<ListTemplatesOptions>(
    given,
    schemas,
  );
  const { name, language, status, category } = options;
  const query = {
    name,
    language,
    status: inCapitals(status),
    category: inCapitals(category),
  };
  const listed = await readTemplates(client, query, extent, options);
  return { data: listed.items, response: listed.response };
}

/** Reads templates; `query` is in Meta's words. */
export function readTemplates(
  client: Client,
  query: Query,
  extent: Extent,
  options: AccountOptions = {},
): Promise<Listed> {
  const call = {
    parts: [client.id('wabaId'), 'message_templates'],
    query: { fields: FIELDS, ...query },
    ...deliveryOf(options),
  };
  return readPages(client, call, extent);
}

function inCapitals(words: string | string[] | undefined) {
  return typeof words === 'string'
    ? words.toUpperCase()
    : words?.map(word => word.toUpperCase());
}

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

// The one thing that is kept between operations, beside connections: what was
// looked up of the templates that are sent, so that 3,000 checked sends cost
// one request. OpenFn loads this module anew for each run, so it is kept for a
// run and no longer. The promise is kept, not its outcome: sends that run at
// the same time share it.
const families = new Map<string, Promise<Family>>();

/** A template in all its languages, looked up once a run. */
export function knownFamily(
  client: Client,
  name: string,
  options: AccountOptions,
): Promise<Family> {
  const { origin, path } = client.base;
  const account = client.id('wabaId');
  const key = JSON.stringify([origin, path, account, name]);
  const known = families.get(key);
  if (known !== undefined) return known;
  const family = findFamily(client, name, options);
  families.set(key, family);
  // What could not be looked up may be looked up by the next send.
  family.catch(() => families.delete(key));
  return family;
}
