import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createGateway } from '../../gateway/src/index';
import {
  getMessageStatus,
  listConversations,
  listMessages,
} from '../../src/index';
import type { Operation } from '../../src/index';
import { collectLogs } from '../quiet';
import { rejects } from '../rejects';

const SECRET = 'the secret of the app';
const KEY = 'the-key-of-the-gateway';

let count = 0;

const text = (body: string, from: string) => ({
  from,
  id: `wamid.MANY${(count += 1)}`,
  timestamp: String(Date.parse('2026-03-02T08:00:00Z') / 1000),
  type: 'text',
  text: { body },
});

const webhookOf = (messages: object[]) =>
  JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [
      {
        id: '100000000000002',
        changes: [
          {
            field: 'messages',
            value: {
              messaging_product: 'whatsapp',
              metadata: { phone_number_id: '100000000000001' },
              messages,
            },
          },
        ],
      },
    ],
  });

/** The gateway itself, as it runs beside OpenFn: what it answers is what the operations read. */
describe('reading from a gateway', function () {
  // The first start of its store takes some seconds.

  const dataFolder = mkdtempSync(join(tmpdir(), 'gateway-'));
  const gateway = createGateway({
    verifyToken: 'a word',
    appSecrets: SECRET,
    gatewayKey: KEY,
    forward: 'none',
    logLevel: 'error',
    port: 0,
    dataFolder,
  });
  let url: string;

  before(async () => {
    ({ url } = await gateway.start());
    for (const name of ['message-text', 'status-sent', 'status-delivered']) {
      await deliver(
        readFileSync(`test/fixtures/webhooks/${name}.json`, 'utf8'),
      );
    }
  });

  after(async () => {
    await gateway.stop();
    rmSync(dataFolder, { recursive: true });
  });

  const deliver = async (body: string) => {
    const digest = createHmac('sha256', SECRET).update(body).digest('hex');
    const { status } = await fetch(`${url}/webhook`, {
      method: 'POST',
      headers: { 'x-hub-signature-256': `sha256=${digest}` },
      body,
    });
    expect(status).to.equal(200);
  };

  const run = async (operation: Operation, gatewayKey = KEY) => {
    const configuration = { gatewayUrl: url, gatewayKey };
    const state = { configuration, data: {} };
    return (await collectLogs(() => operation(state))).result;
  };

  it('finds what became of a message', async () => {
    const { data } = await run(getMessageStatus('wamid.OUT001'));

    expect(data).to.include({
      id: 'wamid.OUT001',
      status: 'delivered',
      source: 'gateway',
    });
    expect(data).to.have.property('history').that.has.length(2);
  });

  it('says that a message is not known', () =>
    rejects(run(getMessageStatus('wamid.a/b+c==')), {
      code: 'STATUS_UNKNOWN',
    }));

  it('lists what a person wrote, however the number is written', async () => {
    const { data, response } = await run(
      listMessages('+254 700 000 001', { direction: 'inbound' }),
    );

    expect(data).to.have.nested.property('[0].id', 'wamid.IN001');
    expect(response).to.include({ hasNext: false });
    expect((await run(listMessages('+254 700 000 002'))).data).to.deep.equal(
      [],
    );
    expect(
      (await run(listMessages(undefined, { since: '2026-10-01' }))).data,
    ).to.deep.equal([]);
  });

  it('lists what was sent, too, once for each message', async () => {
    const { data } = await run(listMessages('+254 700 000 001'));
    const sent = await run(
      listMessages('+254 700 000 001', { direction: 'outbound' }),
    );

    expect(
      (data as object[]).map(
        ({ direction }: { direction?: string }) => direction,
      ),
    ).to.have.members(['inbound', 'outbound']);
    expect(sent.data).to.have.length(1);
    expect(sent.data)
      .to.have.nested.property('[0]')
      .that.includes({
        id: 'wamid.OUT001',
        status: 'delivered',
        callbackData: 'visit-17',
      })
      .and.does.not.have.property('text');
    await rejects(run(listMessages(undefined, { direction: 'in' as never })), {
      code: 'INVALID_OPTIONS',
    });
  });

  it('lists conversations of a time', async () => {
    const { data } = await run(
      listConversations({ start: '2026-01-05', end: '2026-01-06' }),
    );

    expect(data).to.include({ total: 1, source: 'gateway' });
    expect(data)
      .to.have.nested.property('conversations[0]')
      .that.includes({ contact: '254700000001', inbound: 1, outbound: 1 });
  });

  it('tells how many there are, also when more than the limit', async () => {
    // Two pages of the gateway, and a limit in the second.
    const people = Array.from(
      { length: 1205 },
      (_, i) => `2547110${10000 + i}`,
    );
    await deliver(webhookOf(people.map(from => text(from, from))));
    await deliver(
      webhookOf(people.slice(0, 150).map(id => text(id, people[0]!))),
    );
    const named = `+${people[0]}`;

    const messages = await run(listMessages(named));
    const everybody = await run(listMessages(undefined, { limit: 1100 }));
    const { data, response } = await run(
      listConversations({ start: '2026-03-01', limit: 1100 }),
    );
    const few = await run(listMessages(named, { limit: 200 }));

    expect(messages.data).to.have.length(100);
    expect(messages.response).to.include({ total: 151, hasNext: true });
    expect(everybody.data).to.have.length(1100);
    expect(everybody.response).to.include({ hasNext: true });
    expect(everybody.response).to.not.have.property('total');
    expect(data).to.have.property('conversations').that.has.length(1100);
    expect(data).to.include({ total: 1205 });
    expect(response).to.include({ hasNext: true });
    expect(few.data).to.have.length(151);
    expect(few.response).to.include({ total: 151, hasNext: false });
  });

  it('needs the right key, and unbroken cursors', async () => {
    await rejects(run(listMessages(), 'another'), { code: 'NOT_AUTHORIZED' });
    await rejects(run(listMessages(undefined, { after: 'broken' })), {
      code: 'REQUEST_REFUSED',
    });
  });
});
