import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Collections {
  /** What OpenFn adds to the credential of every step. */
  configuration: object;
  /** Values as JSON, by the name of a collection and the key. */
  items: Record<string, Record<string, string>>;
  close: () => void;
}

/** A server that keeps collections, as OpenFn's own does, for jobs with `collections.`. */
export async function startCollections(): Promise<Collections> {
  const items: Collections['items'] = {};
  const server = createServer((request, response) => {
    void answer(request, items).then(({ status, body }) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(body && JSON.stringify(body));
    });
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    configuration: {
      collections_endpoint: `http://127.0.0.1:${port}/collections`,
      collections_token: 'a token of OpenFn',
    },
    items,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function answer(
  request: IncomingMessage,
  items: Collections['items'],
): Promise<{ status: number; body?: object }> {
  if (request.headers.authorization !== 'Bearer a token of OpenFn') {
    return { status: 401 };
  }
  const [path = ''] = request.url?.split('?') ?? [];
  const [, , name = '', key] = path.split('/').map(decodeURIComponent);
  const kept = (items[name] ??= {});
  if (request.method === 'POST') {
    const body = JSON.parse(await text(request)) as {
      items: { key: string; value: string }[];
    };
    for (const { key, value } of body.items) kept[key] = value;
    return { status: 200, body: { upserted: body.items.length, errors: [] } };
  }
  if (key === undefined) {
    const all = Object.entries(kept).map(([key, value]) => ({ key, value }));
    return { status: 200, body: { items: all, cursor: null } };
  }
  const value = kept[key];
  return value === undefined
    ? { status: 204 }
    : { status: 200, body: { key, value } };
}
