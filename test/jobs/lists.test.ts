import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { startSimulator } from '../../simulator/src/index';
import type { Simulator } from '../../simulator/src/index';
import { startCollections } from './collections';
import type { Collections } from './collections';
import { exampleState, read, run } from './run';

describe('a job that reads a CSV list', () => {
  let simulator: Simulator;

  before(async () => {
    simulator = await startSimulator();
  });
  beforeEach(() => simulator.reset());
  after(() => simulator.close());

  const runExample = async (csv: string) => {
    const state = { ...exampleState(simulator), data: { csv } };
    const { final, failure } = await run(
      read('examples/40-visit-reminders.js'),
      state,
    );
    expect(failure).to.equal(undefined);
    return final.data as { summary: { sent: number } };
  };

  it('keeps a comma and a quote inside a field', async () => {
    const data = await runExample(
      '\uFEFFvisitId,name,phone,date\r\nV-1,"Njeri, ""Mama Baraka""",+254712345002,"Monday, 4 May"\r\n',
    );

    expect(data.summary.sent).to.equal(1);
    expect(simulator.requests[0]?.rawBody)
      .to.include('Njeri, \\"Mama Baraka\\"')
      .and.include('Monday, 4 May');
  });

  it('sends nothing when the list has no rows', async () => {
    const data = await runExample('visitId,name,phone,date\n');

    expect(data.summary.sent).to.equal(0);
    expect(simulator.requests).to.be.empty;
  });
});

describe('a job that goes on with the statuses that a gateway keeps', () => {
  let simulator: Simulator;

  before(async () => {
    simulator = await startSimulator();
  });
  after(() => simulator.close());

  it('reaches those alone who have no message of this broadcast yet', async () => {
    const state = exampleState(simulator);
    const killed = await run(
      `sendTemplate('+1 555 0100 132', 'visit_reminder', ['Wanjiku', '3 May'], { callbackData: 'P-2 3 May' });
       sendMessage('+1 555 0100 131', 'Hi', { callbackData: 'P-1 3 March' });
       sendMessage('+1 555 0100 133', 'Hi');`,
      state,
    );
    expect(killed.failure).to.equal(undefined);
    const before = simulator.transcript().length;

    const { final, failure } = await run(
      read('examples/43-go-on-after-kill.js'),
      state,
    );

    expect(failure).to.equal(undefined);
    const { summary } = final.data as { summary: object };
    expect(summary).to.include({ items: 3, sent: 2, skipped: 1 });
    const to = simulator.transcript().slice(before);
    expect(to.map(entry => (entry as { to?: string }).to)).to.have.members([
      '+1 555 0100 131',
      '+1 555 0100 133',
    ]);
  });

  it('skips also those whose messages stand behind thousands of others', async () => {
    const server = await startGateway(12_000, ['P-1 3 May', 'P-2 3 May']);
    const state = exampleState(simulator);
    const { port } = server.address() as AddressInfo;
    const gatewayUrl = `http://127.0.0.1:${port}`;

    const { final, failure } = await run(
      read('examples/43-go-on-after-kill.js'),
      { ...state, configuration: { ...state.configuration, gatewayUrl } },
    );

    server.close();
    expect(failure).to.equal(undefined);
    const { summary } = final.data as { summary: object };
    expect(summary).to.include({ items: 3, sent: 1, skipped: 2 });
  });
});

/** A gateway with so many messages of others, and behind them one for each key. */
async function startGateway(others: number, keys: string[]) {
  const list = [...Array<string>(others).fill('other'), ...keys];
  const server = createServer(({ url = '' }, response) => {
    const query = new URL(url, 'http://gateway').searchParams;
    const from = Number(query.get('after') ?? 0);
    const next = from + Number(query.get('limit'));
    const data = list.slice(from, next).map((callbackData, index) => ({
      id: `wamid.${from + index}`,
      direction: 'outbound',
      status: 'delivered',
      callbackData,
    }));
    const paging = next < list.length ? { after: String(next) } : {};
    response.end(JSON.stringify({ data, paging }));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

describe('a job with Collections beside this adaptor', () => {
  let simulator: Simulator;
  let collections: Collections;

  before(async () => {
    simulator = await startSimulator();
    collections = await startCollections();
  });
  beforeEach(() => simulator.reset());
  after(() => simulator.close());
  after(() => collections.close());

  const runJob = async (source: string, more: object = {}) => {
    const { configuration, data } = exampleState(simulator);
    const state = {
      data,
      ...more,
      configuration: { ...configuration, ...collections.configuration },
    };
    const { final, failure } = await run(source, state);
    expect(failure).to.equal(undefined);
    return final;
  };

  const PATIENTS = [
    { id: 'P-1', phone: '+15550100131' },
    { id: 'P-2', phone: '+15550100132' },
  ];

  const REMIND = `
    collections.get('reminders', 'last-result');
    broadcast(
      $.patients,
      sendMessage($.data.phone, 'Your visit is tomorrow.'),
      { key: $.data.id, skip: $.data.summary ? $.data : [] },
    );
    collections.set('reminders', 'last-result', $.data);
  `;

  it('keeps the result of a broadcast, and skips in the next run whom it reached', async () => {
    await runJob(REMIND, { patients: PATIENTS });
    const again = await runJob(REMIND, {
      patients: [...PATIENTS, { id: 'P-3', phone: '+15550100133' }],
    });

    expect(collections.items['reminders']).to.have.all.keys('last-result');
    expect(simulator.requests).to.have.lengthOf(3);
    expect(again.data).to.have.nested.property('summary.sent', 1);
  });

  it('keeps what people wrote, a value for each message', async () => {
    const { data } = JSON.parse(read('examples/webhook-state.json')) as {
      data: object;
    };

    await runJob(
      "parseWebhook(); collections.set('messages', message => message.id, $.data.messages);",
      { data },
    );

    const kept = Object.entries(collections.items['messages']!);
    expect(kept).to.have.lengthOf(2);
    expect(kept[0]?.[1]).to.include('Amina');
  });
});
