import { expect } from 'chai';
import {
  broadcast,
  createSession,
  deleteMedia,
  downloadMedia,
  getMedia,
  listTemplates,
  markAsRead,
  request,
  sendButtons,
  sendMedia,
  sendMessage,
  sendTemplate,
  uploadMedia,
} from '../../src/index';
import type { Operation, State } from '../../src/index';
import { startSimulator } from '../../simulator/src/index';
import type { Simulator } from '../../simulator/src/index';
import { collectLogs } from '../quiet';
import { rejects } from '../rejects';

const to = '+1 555 0100 123';
const WAMID = 'wamid.HBgLMTU1NTAxMDAxMjMVAgARGBI=';

describe('an API that speaks the On-Premises way', () => {
  let simulator: Simulator;
  let state: State;

  before(async () => {
    simulator = await startSimulator({ apiVariant: 'on-premises' });
  });

  beforeEach(() => {
    simulator.reset();
    state = {
      configuration: {
        baseUrl: simulator.url,
        apiToken: 'CANARY-TOKEN',
        username: 'CANARY-USER',
        password: 'CANARY-PASSWORD',
      },
      data: { phone: to },
    };
  });

  after(() => simulator.close());

  const run = async (operation: Operation) =>
    (await collectLogs(() => operation(state))).result;

  it('takes a message, and its answer is read', async () => {
    const next = await run(
      sendMessage(s => (s.data as { phone: string }).phone, 'Hello'),
    );

    expect(simulator.requests[0]).to.include({
      method: 'POST',
      path: '/v1/messages',
      contentType: 'application/json',
      rawBody:
        '{"recipient_type":"individual","to":"15550100123","type":"text","text":{"body":"Hello"}}',
    });
    const [entry] = simulator.transcript();
    expect(next.data).to.deep.equal({
      messageId: entry!.id,
      to,
      status: 'accepted',
    });
    expect(next.response).to.include({ path: '/v1/messages', statusCode: 201 });
  });

  const sends: [string, Operation][] = [
    ['a text with a preview', sendMessage(to, 'x', { previewUrl: true })],
    [
      'a template',
      sendTemplate(to, 'visit', ['Amina'], {
        header: { image: { link: 'https://clinic.example/a.png' } },
      }),
    ],
    ['a picture', sendMedia(to, 'image', 'https://clinic.example/a.png')],
    ['buttons', sendButtons(to, 'Coming?', ['Yes', 'No'])],
    ['a quote', sendMessage(to, 'x', { replyTo: WAMID })],
    [
      'a number of a country',
      sendMessage('0712 345 678', 'x', { defaultCountry: 'KE' }),
    ],
    [
      'a raw request in its own words',
      request('POST', 'messages', {
        to: '15550100123',
        type: 'text',
        text: { body: 'x' },
      }),
    ],
  ];
  for (const [what, send] of sends) {
    it(`takes ${what}`, async () => {
      await run(send);

      expect(simulator.transcript()).to.have.length(1);
    });
  }

  it('takes a broadcast', async () => {
    const people = [{ phone: '+15550100123' }, { phone: '0712 345 678' }];
    const phone = (s: State) => (s.data as { phone: string }).phone;

    const next = await run(
      broadcast(people, sendMessage(phone, 'x', { defaultCountry: 'KE' }), {
        key: phone,
      } as never),
    );

    expect(next.data).to.have.property('sent').with.length(2);
    expect(simulator.transcript()).to.have.length(2);
  });

  it('marks a message as read', async () => {
    const next = await run(markAsRead('wamid.a/b+c='));

    expect(next.data).to.deep.equal({
      messageId: 'wamid.a/b+c=',
      success: true,
    });
    expect(simulator.requests[0]).to.include({
      method: 'PUT',
      path: '/v1/messages/wamid.a%2Fb%2Bc%3D',
      rawBody: '{"status":"read"}',
    });
  });

  it('shows in a dry run what would be sent', async () => {
    expect((await run(markAsRead('a', { dryRun: true }))).data).to.deep.equal({
      dryRun: true,
      method: 'PUT',
      path: '/v1/messages/a',
      body: { status: 'read' },
    });
    expect(
      (await run(sendMessage(to, 'x', { dryRun: true }))).data,
    ).to.deep.include({
      path: '/v1/messages',
      body: {
        recipient_type: 'individual',
        to: '15550100123',
        type: 'text',
        text: { body: 'x' },
      },
    });
    expect(simulator.requests).to.have.length(0);
  });

  it('refuses in its own words and codes', async () => {
    const error = await rejects(
      run(
        request('POST', 'messages', { type: 'text', text: { body: 'CANARY' } }),
      ),
      { code: 'REQUEST_REFUSED', metaCode: 1008, statusCode: 400, sent: 'no' },
    );

    expect(error.metaMessage).to.equal(
      'Required parameter is missing: The parameter to is missing.',
    );
  });

  it('is waited for when its limit is reached', async () => {
    const errors = [{ code: 1015, title: 'Too many requests' }];
    simulator.fault({
      status: 429,
      body: { errors },
      headers: { 'x-ratelimit-bucket': 'text', 'x-ratelimit-reset': '0' },
    });

    const next = await run(sendMessage(to, 'x', { retry: { delay: 1 } }));

    expect(next.response).to.include({ attempts: 2 });
    expect(simulator.transcript()).to.have.length(1);
  });

  it('is not asked again when nobody knows whether it sent', async () => {
    const errors = [{ code: 1000, title: 'Generic error' }];
    simulator.fault({ status: 500, body: { errors } });

    await rejects(run(sendMessage(to, 'x')), { code: 'SEND_UNCONFIRMED' });
    expect(simulator.requests).to.have.length(1);
  });

  for (const [what, operation] of [
    ['templates to manage', listTemplates()],
    ['user IDs', sendMessage('US.13491208655302741918', 'x')],
    ['a typing indicator', markAsRead(WAMID, { typing: true })],
  ] as const) {
    it(`has no ${what}, which is said before anything is asked`, async () => {
      await rejects(run(operation), { code: 'NOT_ON_PREMISES', sent: 'no' });
      expect(simulator.requests).to.have.length(0);
    });
  }

  describe('media', () => {
    const photo = Buffer.from(
      'ffd8ffe000104a46494600010100000100010000ffd9',
      'hex',
    );
    const upload = async () => {
      const { data } = await run(uploadMedia(photo));
      return (data as { id: string }).id;
    };

    it('go out as bytes, and come back as bytes', async () => {
      const id = await upload();
      const next = await run(downloadMedia(id));

      expect(simulator.requests).to.have.length(2);
      expect(simulator.requests[0]).to.include({
        method: 'POST',
        path: '/v1/media',
        contentType: 'image/jpeg',
      });
      expect(simulator.requests[1]).to.include({
        method: 'GET',
        path: `/v1/media/${id}`,
        authorization: true,
      });
      expect(next.data).to.deep.include({
        id,
        content: photo.toString('base64'),
        mimeType: 'image/jpeg',
        fileSize: photo.length,
        verified: false,
      });
    });

    it('are uploaded and sent in one step, once for many', async () => {
      const file = { content: photo, filename: 'a.jpg' };
      const send = sendMedia(to, 'image', file, { reuse: true } as never);
      await run(send);
      await run(send);

      const uploads = simulator.requests.filter(({ path }) =>
        path.endsWith('/media'),
      );
      expect(uploads).to.have.length(1);
      expect(simulator.transcript()).to.have.length(2);
      expect(simulator.transcript()[0]).to.have.nested.property(
        'message.image.id',
      );
    });

    it('are told of in a dry run', async () => {
      const next = await run(uploadMedia(photo, { dryRun: true } as never));

      expect(next.data).to.have.property('path', '/v1/media');
      expect(next.data).not.to.have.nested.property('body.messaging_product');
      expect(simulator.requests).to.have.length(0);
    });

    it('are deleted, and are missing then', async () => {
      const id = await upload();

      const next = await run(deleteMedia(id));

      expect(next.data).to.deep.equal({ id, success: true });
      await rejects(run(downloadMedia(id)), { code: 'MEDIA_NOT_FOUND' });
      await rejects(run(deleteMedia(id)), { code: 'MEDIA_NOT_FOUND' });
    });

    it('are never told of without giving them, nor by number', async () => {
      for (const operation of [
        getMedia('1'),
        downloadMedia('1', { phoneNumberId: '1' }),
        deleteMedia('1', { phoneNumberId: '1' }),
      ]) {
        await rejects(run(operation), { code: 'NOT_ON_PREMISES' });
      }
      expect(simulator.requests).to.have.length(0);
    });
  });

  describe('createSession', () => {
    const login = createSession(
      s => (s.configuration as { username: string }).username,
      s => (s.configuration as { password: string }).password,
    );

    it('gives the following operations the token of the session', async () => {
      const before = structuredClone(state.configuration);

      const next = await run(login);

      expect(state.configuration).to.deep.equal(before);
      expect(next.configuration).to.deep.include({
        baseUrl: simulator.url,
        username: 'CANARY-USER',
      });
      expect(next.configuration)
        .to.have.property('apiToken')
        .that.matches(/^session-/);
      state = next;
      await run(sendMessage(to, 'Hello'));
      expect(simulator.transcript()).to.have.length(1);
    });

    it('needs no token in the credential', async () => {
      delete (state.configuration as { apiToken?: string }).apiToken;

      const next = await run(login);

      expect(next.configuration).to.have.property('apiToken');
    });

    it('leaves the data, when the session ends, and the token nowhere else', async () => {
      const { result, lines } = await collectLogs(() => login(state));

      const { configuration, ...rest } = result;
      const { apiToken } = configuration as { apiToken: string };
      const { expiresAt } = result.response as { expiresAt: string };
      expect(new Date(expiresAt).toISOString()).to.equal(expiresAt);
      expect(result.data).to.deep.equal(state.data);
      expect(result.response).not.to.have.property('body');
      expect(result.response).to.include({ path: '/v1/users/login' });
      expect(JSON.stringify(rest)).not.to.contain(apiToken);
      expect(JSON.stringify(rest)).not.to.contain('CANARY-PASSWORD');
      expect(lines).to.have.length(1);
      expect(lines[0]).to.match(/^POST users\/login 200 in \d+ ms$/);
    });

    it('says what is wrong with a login that is refused', async () => {
      const errors = [
        { code: 1005, title: 'Access denied', details: 'CANARY-PASSWORD' },
      ];
      simulator.fault({ status: 401, body: { errors } });

      const error = await rejects(run(login), {
        code: 'NOT_AUTHORIZED',
        statusCode: 401,
        metaCode: 1005,
      });

      expect(JSON.stringify({ ...error })).not.to.contain('CANARY');
    });

    for (const body of [{}, { users: [] }, { users: [{ token: 'a b' }] }, []]) {
      it(`says that ${JSON.stringify(body)} holds no token`, async () => {
        simulator.fault({ status: 200, body });

        await rejects(run(login), { code: 'ANSWER_UNREADABLE' });
      });
    }

    it('can live with an end of the session that it cannot read', async () => {
      simulator.fault({
        body: { users: [{ token: 'T', expires_after: '?' }] },
      });

      expect((await run(login)).response).to.include({ expiresAt: null });
    });

    it('refuses a missing name or password before the network', async () => {
      for (const operation of [
        createSession('', 'secret'),
        createSession('clinic', undefined as never),
        createSession({} as never, 'secret'),
      ]) {
        await rejects(run(operation), { code: 'INVALID_LOGIN', sent: 'no' });
      }
      expect(simulator.requests).to.have.length(0);
    });

    it('is not for the Cloud API', async () => {
      for (const change of [{ phoneNumberId: '1' }, { baseUrl: '' }]) {
        Object.assign(state.configuration as object, change);
        await rejects(run(login), { code: 'NO_SESSIONS' });
      }
      expect(simulator.requests).to.have.length(0);
    });
  });
});
