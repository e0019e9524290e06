import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import * as adaptor from '../../src/index';
import { startSimulator } from '../../simulator/src/index';
import type { Simulator } from '../../simulator/src/index';
import { cases } from '../contract/echo-cases';
import { rejects } from '../rejects';

const TO = '+15550100123';
const OTHER = '100000000000009';

type Name = keyof typeof cases;
type Make = (...args: unknown[]) => adaptor.Operation;

/** Every operation, as OpenFn's tools list them. */
const { operations } = JSON.parse(readFileSync('ast.json', 'utf8')) as {
  operations: { name: Name; params: string[] }[];
};

/** Operations that take no phoneNumberId, and why. */
const NUMBERLESS: Partial<Record<Name, string>> = {
  broadcast: 'the operations in it choose the number',
  reply: 'answers from the number that received the message',
  getPhoneNumber: 'takes the ID as its argument',
  parseWebhook: 'makes no request',
  verifyWebhook: 'makes no request',
  reconcile: 'makes no request',
  createSession: 'is for an API with one number',
  ...Object.fromEntries(
    [
      'listTemplates',
      'getTemplate',
      'createTemplate',
      'updateTemplate',
      'deleteTemplate',
      'listPhoneNumbers',
      'getAnalytics',
      'listConversations',
      'subscribeWebhooks',
      'listSubscriptions',
      'unsubscribeWebhooks',
    ].map(name => [name, 'is about the account']),
  ),
};

/** Operations that make no request of their own. */
const OFFLINE: string[] = [
  'broadcast',
  'parseWebhook',
  'verifyWebhook',
  'reconcile',
];

/** The operation with its arguments, to which options are added. */
function call(name: Name, options: object): adaptor.Operation {
  const { params } = operations.find(each => each.name === name)!;
  // The case of a raw request begins at the version.
  const given = name === 'request' ? ['GET', 'x'] : (cases[name]?.[0] ?? []);
  const last = params.length - 1;
  const args = params.slice(0, last).map((_, i) => given[i]);
  return (adaptor[name] as Make)(...args, {
    ...(given[last] as object | undefined),
    ...options,
  });
}

let simulator: Simulator;

before(async () => {
  simulator = await startSimulator();
});
beforeEach(() => simulator.reset());
after(() => simulator.close());

const run = (name: Name, options: object) =>
  call(
    name,
    options,
  )({
    configuration: {
      baseUrl: simulator.url,
      apiToken: 'TOKEN',
      phoneNumberId: '100000000000001',
      wabaId: '100000000000002',
      ...(name === 'listMessages' && {
        gatewayUrl: `${simulator.url}/gateway`,
        gatewayKey: 'key',
      }),
    },
    // For an operation that answers a message.
    data: { from: '15550100123', id: 'wamid.A', phoneNumberId: OTHER },
  });

describe('the option phoneNumberId', () => {
  for (const { name } of operations.filter(each => !NUMBERLESS[each.name])) {
    it(`chooses the number of ${name}`, async () => {
      // The simulator may refuse what it does not know of this number.
      await run(name, { phoneNumberId: OTHER }).catch(() => {});

      const asked = simulator.requests.map(
        ({ path, query }) => `${path}?${query}`,
      );
      expect(asked.join(' ')).to.match(new RegExp(`[/=]${OTHER}\\b`));
      expect(asked.join(' ')).to.not.include('100000000000001');
    });

    it(`must be digits in ${name}`, async () => {
      const error = await rejects(run(name, { phoneNumberId: TO }), {});

      expect(error.code).to.be.oneOf(['INVALID_OPTIONS', 'INVALID_ID']);
      expect(simulator.requests).to.be.empty;
    });
  }

  for (const name of Object.keys(NUMBERLESS) as Name[]) {
    it(`is not named to whoever misspells an option of ${name}`, async () => {
      const error: unknown = await run(name, { fone: OTHER }).catch(
        (thrown: unknown) => thrown,
      );

      expect(String((error as { fix?: unknown }).fix)).to.not.include(
        'phoneNumberId',
      );
    });
  }
});

describe('the option connectTimeout', () => {
  for (const { name } of operations.filter(
    each => !OFFLINE.includes(each.name),
  )) {
    it(`is read by ${name}, and named when an option is unknown`, async () => {
      await rejects(run(name, { connectTimeout: 'soon' }), {
        code: 'INVALID_OPTIONS',
        description:
          'The option connectTimeout is not a number of milliseconds.',
      });
      const error = await rejects(run(name, { conectTimeout: 1 }), {
        code: 'INVALID_OPTIONS',
      });

      expect(error.fix).to.include('connectTimeout');
      if (!NUMBERLESS[name]) expect(error.fix).to.include('phoneNumberId');
      expect(simulator.requests).to.be.empty;
    });
  }

  it('ends the wait for a connection, and says that nothing was sent', async () => {
    const silent = createServer(() => {});
    await new Promise<void>(done => silent.listen(0, '127.0.0.1', done));
    const { port } = silent.address() as AddressInfo;
    const configuration = {
      baseUrl: `https://127.0.0.1:${port}`,
      apiToken: 'TOKEN',
      phoneNumberId: '1',
      apiVersion: 'v25.0',
    };

    const send = adaptor.sendMessage(TO, 'Hi', {
      connectTimeout: 50,
      retry: false,
    });
    const error = await rejects(send({ configuration, data: {} }), {
      code: 'CONNECTION_FAILED',
      sent: 'no',
    });
    silent.close();

    expect(error.fix).to.include('connectTimeout');
  });
});
