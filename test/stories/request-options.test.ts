import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import * as adaptor from '../../src/index';
import { startSandbox } from '../../sandbox/src/index';
import type { Sandbox } from '../../sandbox/src/index';
import { rejects } from '../rejects';

const TO = '+15550100123';
const OTHER = '100000000000009';

/** Every operation that uses a phone number ID, given another than that of the credential. */
const operations = (options: object): Record<string, adaptor.Operation> => ({
  sendMessage: adaptor.sendMessage(TO, 'Hi', options),
  sendTemplate: adaptor.sendTemplate(TO, 'visit', ['Amina'], options),
  sendOneTimePassword: adaptor.sendOneTimePassword(TO, 'otp', '1234', options),
  sendMedia: adaptor.sendMedia(TO, 'image', 'https://x.example/a.png', options),
  sendLocation: adaptor.sendLocation(
    TO,
    { latitude: 1, longitude: 2 },
    options,
  ),
  sendContacts: adaptor.sendContacts(
    TO,
    { firstName: 'Amina', phone: TO },
    options,
  ),
  sendReaction: adaptor.sendReaction(TO, 'wamid.A', '👍', options),
  sendButtons: adaptor.sendButtons(TO, 'Yes?', ['Yes'], options),
  sendList: adaptor.sendList(TO, 'Which?', ['One'], options),
  sendUrlButton: adaptor.sendUrlButton(
    TO,
    'See',
    { display_text: 'Go', url: 'https://x.example' },
    options,
  ),
  sendFlow: adaptor.sendFlow(
    TO,
    'Form',
    { flow_id: '1', flow_cta: 'Go' },
    options,
  ),
  requestLocation: adaptor.requestLocation(TO, 'Where?', options),
  markAsRead: adaptor.markAsRead('wamid.A', options),
  uploadMedia: adaptor.uploadMedia(Buffer.from('%PDF-1.4'), {
    filename: 'a.pdf',
    ...options,
  }),
  getBusinessProfile: adaptor.getBusinessProfile(options),
  updateBusinessProfile: adaptor.updateBusinessProfile(
    { about: 'Hi' },
    options,
  ),
  blockUsers: adaptor.blockUsers([TO], options),
  unblockUsers: adaptor.unblockUsers([TO], options),
  listBlockedUsers: adaptor.listBlockedUsers(options),
  request: adaptor.request('GET', 'x', undefined, options),
});

describe('the option phoneNumberId', () => {
  let sandbox: Sandbox;

  before(async () => {
    sandbox = await startSandbox();
  });
  beforeEach(() => sandbox.reset());
  after(() => sandbox.close());

  const run = (operation: adaptor.Operation) =>
    operation({
      configuration: {
        baseUrl: sandbox.url,
        apiToken: 'TOKEN',
        phoneNumberId: '100000000000001',
      },
      data: {},
    });

  for (const name of Object.keys(operations({}))) {
    it(`chooses the number of ${name}`, async () => {
      // The sandbox may refuse what it does not know of this number.
      await run(operations({ phoneNumberId: OTHER })[name]!).catch(() => {});

      expect(sandbox.requests[0]?.path).to.match(new RegExp(`/${OTHER}/`));
    });

    it(`must be digits in ${name}`, async () => {
      await rejects(run(operations({ phoneNumberId: TO })[name]!), {
        code: 'INVALID_OPTIONS',
      });

      expect(sandbox.requests).to.be.empty;
    });
  }
});

describe('the option connectTimeout', () => {
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
