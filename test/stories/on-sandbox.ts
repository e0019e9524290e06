import type { Operation, State } from '../../src/index';
import { startSandbox } from '../../sandbox/src/index';
import type { Sandbox, StartOptions } from '../../sandbox/src/index';
import { collectLogs } from '../quiet';

export const PHONE = '100000000000001';
export const WABA = '100000000000002';
export const TOKEN = 'CANARY-TOKEN';
export const to = '+1 555 0100 123';

/** A sandbox for the tests of one `describe`, empty again before each of them. */
export function onSandbox(options?: StartOptions) {
  let sandbox: Sandbox;
  let configuration: Record<string, string>;

  before(async () => {
    sandbox = await startSandbox(options);
  });

  beforeEach(() => {
    sandbox.reset();
    configuration = {
      baseUrl: sandbox.url,
      apiToken: TOKEN,
      phoneNumberId: PHONE,
      wabaId: WABA,
    };
  });

  after(() => sandbox.close());

  const state = (): State => ({ configuration, data: { phone: to } });

  return {
    sandbox: () => sandbox,
    state,

    /** Changes the credential for one test. */
    configure: (further: Record<string, string>) =>
      Object.assign(configuration, further),

    run: async (operation: Operation) =>
      (await collectLogs(() => operation(state()))).result,

    /** What the server received, as `GET /…?query`, without the version. */
    received: () =>
      sandbox.requests.map(
        ({ method, path, query }) =>
          `${method} ${path.replace('/v25.0', '')}${query && `?${query}`}`,
      ),

    bodies: () =>
      sandbox.requests
        .filter(({ contentType }) => contentType === 'application/json')
        .map(({ rawBody }) => JSON.parse(rawBody) as Record<string, unknown>),
  };
}
