import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** How a server treats a message: by its content, so that each is treated alike whenever it comes. */
export type Treatment =
  | 'fine'
  | 'slow'
  | 'too slow'
  | 'refused once'
  | 'limited for a second'
  | 'refused for good'
  | 'reset before acceptance'
  | 'broken after acceptance'
  | 'reset after acceptance'
  | 'answered with nonsense';

export type Delivery = { id: string; callbackData: string | undefined };

const LATER = 40;
const MUCH_LATER = 4000;
const NONSENSE = ['{"messages":[{"id":', '<html>OK</html>', '', '{}', '[1]'];

/** A WhatsApp that counts what it delivers, by content, and answers as it likes. */
export function misbehavingServer(treat: (content: string) => Treatment) {
  const deliveries = new Map<string, Delivery[]>();
  const refused = new Set<string>();
  let count = 0;

  const accept = (content: string, callbackData: string | undefined) => {
    const id = `wamid.${++count}`;
    const known = deliveries.get(content) ?? [];
    deliveries.set(content, [...known, { id, callbackData }]);
    return { messaging_product: 'whatsapp', messages: [{ id }] };
  };
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const body = JSON.parse(await text(request));
    const content: string = body.text.body;
    const treatment = treat(content);
    const isFirst = !refused.has(content);
    refused.add(content);
    if (treatment === 'refused once' && isFirst) {
      return answer(response, 429, metaError(130429));
    }
    if (treatment === 'limited for a second' && isFirst) {
      return answer(response, 429, metaError(130429), { 'retry-after': '1' });
    }
    if (treatment === 'reset before acceptance') {
      return request.socket.resetAndDestroy();
    }
    if (treatment === 'refused for good') {
      return answer(response, 400, metaError(131026));
    }
    const accepted = accept(content, body.biz_opaque_callback_data);
    if (treatment === 'broken after acceptance') {
      return answer(response, 500, 'Internal error');
    }
    if (treatment === 'reset after acceptance') {
      return request.socket.resetAndDestroy();
    }
    if (treatment === 'answered with nonsense') {
      return answer(response, 200, NONSENSE[count % NONSENSE.length]!);
    }
    const wait = { slow: LATER, 'too slow': MUCH_LATER }[treatment as 'slow'];
    setTimeout(() => answer(response, 200, accepted), wait ?? 0);
  };
  const create = () =>
    createServer((request, response) => void handle(request, response));
  return { deliveries, create };
}

/** The same server at several addresses, each of which can stop listening for a while. */
export async function listen(create: () => ReturnType<typeof createServer>) {
  let server = create();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  /** Refuses connections from now on; what is under way is answered. */
  const close = () => {
    server.close();
    server.closeIdleConnections();
  };
  const open = async () => {
    server = create();
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  const end = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}`, open, close, end };
}

function answer(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
) {
  const isText = typeof body === 'string';
  const type = { 'content-type': 'application/json' };
  response.writeHead(status, { ...type, ...headers });
  response.end(isText ? body : JSON.stringify(body));
}

const metaError = (code: number) => ({
  error: { message: `(#${code}) A title`, type: 'OAuthException', code },
});
