import { ask } from './gateways';

type List = { data: { id: string }[]; paging: { after?: string } };

/** The IDs of all messages that a gateway has. */
export async function storedIds(url: string): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | undefined = ''; after !== undefined;) {
    const { body }: { body: List } = await ask<List>(
      url,
      `/messages?limit=1000&after=${after}`,
    );
    ids.push(...body.data.map(({ id }) => id));
    after = body.paging.after;
  }
  return ids;
}
