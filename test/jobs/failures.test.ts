import { expect } from 'chai';
import { startSimulator } from '../../simulator/src/index';
import type { Simulator } from '../../simulator/src/index';
import { exampleState, run } from './run';

describe('a job that fails', () => {
  let simulator: Simulator;

  before(async () => {
    simulator = await startSimulator();
  });
  beforeEach(() => simulator.reset());
  after(() => simulator.close());

  it('finds our details in state.errors, also from a checkout', async () => {
    const { failure } = await run(
      `fn(s => s);\nsendMessage('+1555 0131026', 'CANARY-TEXT');`,
      exampleState(simulator),
    );

    expect(failure).to.deep.include({
      source: 'runtime',
      name: 'AdaptorError',
      severity: 'fail',
      line: 2,
      operationName: 'sendMessage',
    });
    expect(failure?.details).to.include({
      code: 'RECIPIENT_REFUSED',
      metaCode: 131026,
      statusCode: 400,
      sent: 'no',
    });
    expect(failure?.details).to.include.keys('description', 'fix', 'traceId');
    expect(JSON.stringify(failure)).not.to.match(/CANARY|0131026/);
  });

  it('loads although an argument is wrong, and fails when it runs', async () => {
    const { failure } = await run(
      `sendMessage('+1 555 0100 101', 'x');\nsendMessage('letters', 'x');`,
      exampleState(simulator),
    );

    expect(simulator.transcript()).to.have.length(1);
    expect(failure).to.include({ line: 2, operationName: 'sendMessage' });
    expect(failure?.details).to.include({ code: 'INVALID_RECIPIENT' });
  });

  it('can catch the error, with all that it says', async () => {
    const { final, failure } = await run(
      `sendMessage('+1555 0131026', 'x').catch((error, state) => ({
         ...state,
         caught: [error.code, error.metaCode, error.fix],
       }));`,
      exampleState(simulator),
    );

    expect(failure).to.equal(undefined);
    expect(final['caught']).to.have.length(3);
    expect(final['caught']).to.include('RECIPIENT_REFUSED');
  });

  it('stops each at the first failure, and keeps what was sent before', async () => {
    const { failure } = await run(
      `each(['+1 555 0100 101', '+1555 0131026', '+1 555 0100 102'], sendMessage($.data, 'x'));`,
      exampleState(simulator),
    );

    expect(failure?.details).to.include({ metaCode: 131026 });
    expect(simulator.transcript()).to.have.length(1);
  });

  it('says in the log what came of sends in each that it did not await', async () => {
    const { failure, lines } = await run(
      `each(['+1 555 0100 101', '+1555 0131026', '+1 555 0100 102'], fn(state => {
         sendMessage(state.data, 'CANARY-TEXT')(state);
         return state;
       }));`,
      exampleState(simulator),
      lines => lines.some(line => line.includes('not awaited')),
    );

    expect(failure).to.equal(undefined);
    const told = lines.filter(line => line.includes('await'));
    expect(told).to.have.length(2);
    expect(told[0]).to.match(/^3 operations were started without await: /);
    expect(told[1]).to.equal(
      '3 operations were not awaited: 2 done, 1 failed (RECIPIENT_REFUSED)',
    );
    expect(lines.join()).not.to.match(/CANARY|5550100|0131026/);
  });

  it('leaks no token, text, name or number into logs, errors or the final state', async () => {
    const state = exampleState(simulator);
    const secrets = { apiToken: 'CANARY-TOKEN', appSecret: 'CANARY-SECRET' };
    const { final, lines } = await run(
      `sendTemplate('+1 555 0100 101', 'visit', ['CANARY-NAME']);
       sendMessage('+1555 0131026', 'CANARY-TEXT');`,
      { ...state, configuration: { ...state.configuration, ...secrets } },
    );

    expect(lines).to.have.length(2);
    expect(lines.join()).not.to.match(/CANARY|5550100|0131026/);
    expect(JSON.stringify(final)).not.to.contain('CANARY');
    expect(JSON.stringify(final.errors)).not.to.match(/5550100|0131026/);
  });
});
