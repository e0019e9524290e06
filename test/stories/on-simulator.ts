import type { Operation, State } from '../../src/index';
import { startSimulator } from '../../simulator/src/index';
import type { Simulator, StartOptions } from '../../simulator/src/index';
import { collectLogs } from '../quiet';

export const PHONE = '100000000000001';
export const WABA = '100000000000002';
export const TOKEN = 'CANARY-TOKEN';
export const to = '+1 555 0100 123';

/** A simulator for the tests of one `describe`, empty again before each of them. */
export function onSimulator(options?: StartOptions) {
  let simulator: Simulator;
  let configuration: Record<string, string>;

  before(async () => {
    simulator = await startSimulator(options);
  });

  beforeEach(() => {
    simulator.reset();
    configuration = {
      baseUrl: simulator.url,
      apiToken: TOKEN,
      phoneNumberId: PHONE,
      wabaId: WABA,
    };
  });

  after(() => simulator.close());

  const state = (): State => ({ configuration, data: { phone: to } });

  return {
    simulator: () => simulator,
    state,

    /** Changes the credential for one test. */
    configure: (further: Record<string, string>) =>
      Object.assign(configuration, further),

    run: async (operation: Operation) =>
      (await collectLogs(() => operation(state()))).result,

    /** What the server received, as `GET /…?query`, without the version. */
    received: () =>
      simulator.requests.map(
        ({ method, path, query }) =>
          `${method} ${path.replace('/v25.0', '')}${query && `?${query}`}`,
      ),

    bodies: () =>
      simulator.requests
        .filter(({ contentType }) => contentType === 'application/json')
        .map(({ rawBody }) => JSON.parse(rawBody) as Record<string, unknown>),
  };
}
