import * as v from 'valibot';
import type { Client } from '../../core/client';
import type { Context, Result } from '../../core/operation';
import { readPages } from '../../graph/pages';
import type { Extent, Listed } from '../../graph/pages';
import type { Query } from '../../graph/url';
import { anyList, text } from '../../schema/rules';
import type { AccountOptions, ListTemplatesOptions } from '../../types';
import { deliveryOf, readPageOptions } from '../options';
import { FIELDS } from './template';

const one = text();
const words = v.union([one, anyList(one)]);

const schemas = {
  name: one,
  language: words,
  status: words,
  category: words,
};

/** The templates of the account, narrowed down by what Meta knows to look for. */
export async function listingTemplates(
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
