import { startSimulator } from '../src/index';
import type { Simulator, StartOptions } from '../src/index';

export type Json = Record<string, any>;

export const PHONE_NUMBER_ID = '100000000000001';
export const TOKEN = 'token-of-nobody';

const HEADERS = {
  authorization: `Bearer ${TOKEN}`,
  'content-type': 'application/json',
};

/** A simulator for the tests of one `describe`, empty again before each of them. */
export const useSimulator = (options?: StartOptions) => {
  let simulator: Simulator;
  before(async () => {
    simulator = await startSimulator(options);
  });
  beforeEach(() => simulator.reset());
  after(() => simulator.close());

  const call = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(simulator.url + path, {
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

  return { simulator: () => simulator, call, post, send };
};
