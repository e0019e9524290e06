import { expect } from 'chai';
import {
  KEY,
  VERIFY_TOKEN,
  ask,
  startGateway,
  stopGateways,
} from './support/gateways';
import { FakeOpenFn } from './support/openfn';
import {
  SECRET,
  message,
  post,
  sign,
  status,
  webhook,
} from './support/payloads';
import { until } from './support/waiting';

const CANARIES = {
  number: '254700999888',
  text: 'canary text of a patient',
  name: 'Canary Amina',
  id: 'wamid.canary',
  openfnKey: 'canary-key-of-openfn',
  wrongKey: 'canary-wrong-key',
};

describe('the log', () => {
  after(stopGateways);

  it('has neither people, nor what they wrote, nor a secret, whatever happens', async () => {
    let lines = '';
    const openfn = await new FakeOpenFn().open();
    const { url, gateway } = await startGateway({
      openfnWebhookUrl: `${openfn.url}?token=canary-in-the-url`,
      openfnApiKey: CANARIES.openfnKey,
      logLevel: 'debug',
      logTo: { write: line => (lines += line) },
      pace: { firstDelay: 10, poll: 10, longestPause: 10 },
    });
    const contacts = [
      { wa_id: CANARIES.number, profile: { name: CANARIES.name } },
    ];
    const { number: from, text, id } = CANARIES;
    const body = JSON.stringify(
      webhook({
        contacts,
        messages: [message(text, { from, id })],
        statuses: [status(id, 'failed', { recipient_id: from })],
      }),
    );

    openfn.refuse(413, text);
    await post(url, body);
    await until(() => openfn.received.length > 2, 'trying');
    // Often enough to be taken for down, so that the recovery is logged too.
    openfn.refuse(500, text);
    await until(() => openfn.received.length > 10, 'trying');
    openfn.accept();
    await post(url, body);
    await post(url, body, sign(body, 'wrong'));
    await post(url, text);
    await ask(url, `/messages?contact=${from}`);
    await ask(url, `/messages?since=${encodeURIComponent(text)}`);
    await ask(url, `/messages/${id}/status`);
    await fetch(`${url}/conversations`, {
      headers: { authorization: `Bearer ${CANARIES.wrongKey}` },
    });
    await fetch(`${url}/webhook?hub.verify_token=${CANARIES.wrongKey}`);
    await until(() => lines.includes('answers again'), 'recovering');
    await gateway.stop();
    await openfn.close();

    expect(lines.split('\n').length).to.be.above(5);
    expect(lines.toLowerCase()).to.not.include('canary');
    for (const secret of [from, KEY, VERIFY_TOKEN, SECRET, '/i/8f1c']) {
      expect(lines).to.not.include(secret);
    }
  });
});
