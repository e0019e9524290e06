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
    const { data, response } = await run(listMessages('+254 700 000 001'));

    expect(data).to.have.nested.property('[0].id', 'wamid.IN001');
    expect(response).to.include({ hasNext: false });
    expect((await run(listMessages('+254 700 000 002'))).data).to.deep.equal(
      [],
    );
    expect(
      (await run(listMessages(undefined, { since: '2026-10-01' }))).data,
    ).to.deep.equal([]);
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

  it('needs the right key, and unbroken cursors', async () => {
    await rejects(run(listMessages(), 'another'), { code: 'NOT_AUTHORIZED' });
    await rejects(run(listMessages(undefined, { after: 'broken' })), {
      code: 'REQUEST_REFUSED',
    });
  });
});
