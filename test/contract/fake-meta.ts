import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { WAMID } from './calls';

/** A call as it arrived. */
export type Received = {
  method: string;
  path: string;
  contentType: string;
  body: string;
};

const TEMPLATE = {
  id: '1',
  name: 'visit_reminder',
  language: 'en_US',
  status: 'APPROVED',
  category: 'UTILITY',
  parameter_format: 'POSITIONAL',
  components: [{ type: 'BODY', text: 'Dear {{1}}, see you on {{2}}.' }],
};

/** All that any operation looks for in an answer, as far as it does not contradict itself. */
const ANYTHING = {
  ...TEMPLATE,
  success: true,
  messages: [{ id: 'wamid.1' }],
  data: [],
  h: '4::handle',
  block_users: { added_users: [], failed_users: [] },
  analytics: { data_points: [] },
  conversation_analytics: { data: [] },
  pricing_analytics: { data: [] },
};

const HISTORY = {
  id: '1',
  message_id: WAMID,
  events: { data: [{ id: '1', delivery_status: 'SENT', timestamp: '1' }] },
};

/** What contradicts it, by path. */
const ANSWERS: [RegExp, object][] = [
  [/\/message_templates$/, { data: [TEMPLATE] }],
  [/\/message_history$/, { data: [HISTORY] }],
  [/\/uploads$/, { id: 'upload:1' }],
  [/\/debug_token$/, { data: { app_id: '3', is_valid: true, scopes: [] } }],
];

/** A server that says yes to everything, and keeps what it was asked. */
export async function fakeMeta() {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void receive(request).then(call => {
      received.push(call);
      const [, answer] = ANSWERS.find(([path]) => path.test(call.path)) ?? [];
      const url = `http://${request.headers.host}/a-media`;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(answer ?? { ...ANYTHING, url }));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    close: () => server.close(),
  };
}

async function receive(request: IncomingMessage): Promise<Received> {
  const { method = '', url = '', headers } = request;
  return {
    method,
    path: url.replace(/\?.*/s, ''),
    contentType: headers['content-type'] ?? '',
    body: (await buffer(request)).toString('latin1'),
  };
}
