import { startSandbox } from '../src/index';
import type { Sandbox, StartOptions } from '../src/index';

export type Json = Record<string, any>;

export const PHONE_NUMBER_ID = '100000000000001';
export const TOKEN = 'token-of-nobody';

const HEADERS = {
  authorization: `Bearer ${TOKEN}`,
  'content-type': 'application/json',
};

/** A sandbox for the tests of one `describe`, empty again before each of them. */
export const useSandbox = (options?: StartOptions) => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox(options);
  });
  beforeEach(() => sandbox.reset());
  after(() => sandbox.close());

  const call = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(sandbox.url + path, {
      ...init,
      headers: { ...HEADERS, ...(init.headers as Record<string, string>) },
    });
    return {
      status: response.status,
      headers: response.headers,
      body: (await response.json()) as Json,
    };
  };

  const post = (path: string, body: unknown, headers = {}) =>
    call(path, { method: 'POST', body: JSON.stringify(body), headers });

  const send = (message: Json) =>
    post(`/v25.0/${PHONE_NUMBER_ID}/messages`, {
      messaging_product: 'whatsapp',
      ...('status' in message || 'recipient' in message
        ? {}
        : { to: '+1 555 0100' }),
      ...message,
    });

  return { sandbox: () => sandbox, call, post, send };
};
