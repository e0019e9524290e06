import { expect } from 'chai';
import {
  blockUsers,
  deregisterPhoneNumber,
  getAnalytics,
  getBusinessProfile,
  getMessageStatus,
  getPhoneNumber,
  listBlockedUsers,
  listConversations,
  listMessages,
  listPhoneNumbers,
  listSubscriptions,
  metadata,
  preflight,
  registerPhoneNumber,
  requestVerificationCode,
  sendMessage,
  subscribeWebhooks,
  unblockUsers,
  unsubscribeWebhooks,
  updateBusinessProfile,
  verifyCode,
} from '../../src/index';
import type { DataPoint, Operation, PreflightRow } from '../../src/index';
import { collectLogs } from '../quiet';
import { rejects } from '../rejects';
import { onSimulator, PHONE, to, TOKEN, WABA } from './on-simulator';

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
const USER_ID = 'US.13491208655302741918';

describe('the account', () => {
  const { simulator, state, configure, run, received, bodies } = onSimulator();

  const refusesEach = async (cases: [Operation, string][]) => {
    for (const [operation, code] of cases) {
      const error = await rejects(run(operation), { code, sent: 'no' });
      expect(error.description).to.match(/\.$/);
      expect(error.fix).to.match(/\.$/);
    }
    expect(simulator().requests).to.have.length(0);
  };

  describe('phone numbers', () => {
    it('are listed', async () => {
      const next = await run(listPhoneNumbers());

      expect(next.data).to.have.length(1);
      expect(next.data).to.have.nested.property('[0].status', 'CONNECTED');
      expect(next.response).to.include({ hasNext: false });
      expect(received()[0]).to.match(
        new RegExp(`^GET /${WABA}/phone_numbers\\?fields=id%2C`),
      );
    });

    it('are described: the one of the credential, or another', async () => {
      const own = await run(getPhoneNumber());
      const other = await run(getPhoneNumber('100000000000009'));

      expect(own.data).to.deep.include({
        id: PHONE,
        status: 'CONNECTED',
        quality_rating: 'GREEN',
        throughput: { level: 'STANDARD' },
        whatsapp_business_manager_messaging_limit: 'TIER_250',
      });
      expect(other.data).to.include({ id: '100000000000009' });
    });

    it('climb the ladder: code, verification, registration', async () => {
      const id = '100000000000007';
      simulator().addNumber({
        id,
        status: 'PENDING',
        code_verification_status: 'NOT_VERIFIED',
      });
      const phoneNumberId = id;
      const pin = '012345';
      await rejects(run(registerPhoneNumber({ pin, phoneNumberId })), {
        metaCode: 133006,
      });

      await run(requestVerificationCode({ method: 'VOICE', phoneNumberId }));
      const code = simulator().codeOf(id)!;
      const spoken = `${code.slice(0, 3)}-${code.slice(3)}`;
      await run(verifyCode(spoken, { phoneNumberId }));
      const next = await run(
        registerPhoneNumber({
          pin,
          dataLocalizationRegion: 'IN',
          phoneNumberId,
        }),
      );

      expect(next.data).to.deep.equal({ success: true });
      expect(received().slice(1)).to.deep.equal([
        `POST /${id}/request_code`,
        `POST /${id}/verify_code`,
        `POST /${id}/register`,
      ]);
      expect(bodies().slice(1)).to.deep.equal([
        { code_method: 'VOICE', language: 'en_US' },
        { code },
        {
          messaging_product: 'whatsapp',
          pin,
          data_localization_region: 'IN',
        },
      ]);
    });

    it('can be taken off, and send nothing then', async () => {
      const next = await run(deregisterPhoneNumber());

      expect(next.data).to.deep.equal({ success: true });
      await rejects(run(sendMessage(to, 'Hello')), { metaCode: 133010 });
    });

    it('are not registered twice when nobody knows whether it was done', async () => {
      simulator().fault({ reset: 'after' });

      const error = await rejects(run(registerPhoneNumber({ pin: '123456' })), {
        code: 'SEND_UNCONFIRMED',
      });

      expect(error.fix).to.contain('getPhoneNumber');
      expect(simulator().requests).to.have.length(1);
    });

    it('refuse bad input before the network', () =>
      refusesEach([
        [verifyCode('12345'), 'INVALID_CODE'],
        [verifyCode(undefined as never), 'INVALID_CODE'],
        // The number of the credential is not meant.
        [
          deregisterPhoneNumber({ phoneNumberId: undefined }),
          'INVALID_OPTIONS',
        ],
        [
          registerPhoneNumber({
            pin: '123456',
            phoneNumberId: (() => undefined) as never,
          }),
          'INVALID_OPTIONS',
        ],
        [registerPhoneNumber({} as never), 'INVALID_CODE'],
        [
          registerPhoneNumber({ pin: '123456', dataLocalizationRegion: 'in' }),
          'INVALID_OPTIONS',
        ],
        [
          requestVerificationCode({ method: 'FAX' as never }),
          'INVALID_OPTIONS',
        ],
        [getPhoneNumber('+1 555 0100'), 'INVALID_ID'],
        [listPhoneNumbers({ timeout: -1 }), 'INVALID_OPTIONS'],
        [listPhoneNumbers({ retry: { attempts: 0 } }), 'INVALID_OPTIONS'],
      ]));
  });

  describe('the profile', () => {
    it('is changed in part, and read again', async () => {
      const changes = { about: 'Open', websites: ['https://clinic.example'] };

      const changed = await run(updateBusinessProfile(changes));
      const read = await run(getBusinessProfile());

      expect(changed.data).to.deep.equal({ success: true });
      expect(read.data).to.deep.equal({ ...changes, vertical: 'HEALTH' });
      expect(bodies()).to.deep.equal([
        { messaging_product: 'whatsapp', ...changes },
      ]);
    });

    it('gets a picture, which is uploaded first', async () => {
      await run(
        updateBusinessProfile({ picture: { content: PNG, filename: 'a.png' } }),
      );

      const [first, second, third, fourth] = received();
      expect(first).to.equal('GET /debug_token?input_token=***');
      expect(second).to.equal(
        `POST /200000000000001/uploads?file_name=a.png&file_length=${PNG.length}&file_type=image%2Fpng`,
      );
      expect(third).to.match(/^POST \/upload:[\w%=-]+\?sig=simulator$/);
      expect(fourth).to.equal(`POST /${PHONE}/whatsapp_business_profile`);
      expect(bodies().at(-1))
        .to.have.property('profile_picture_handle')
        .that.matches(/^4::/);
    });

    it('is changed once more when nobody knows whether it was done', async () => {
      simulator().fault({ reset: 'after' });

      const next = await run(
        updateBusinessProfile({ about: 'Open' }, { retry: { delay: 1 } }),
      );

      expect(next.response).to.include({ attempts: 2 });
    });

    it('refuses bad input before the network', () =>
      refusesEach([
        [updateBusinessProfile({}), 'INVALID_PROFILE'],
        [updateBusinessProfile({ about: ' ' }), 'INVALID_PROFILE'],
        [
          updateBusinessProfile(
            { about: 'Open' },
            { allowMissing: 'yes' as never },
          ),
          'INVALID_OPTIONS',
        ],
        [updateBusinessProfile({ about: 'x'.repeat(140) }), 'INVALID_PROFILE'],
        [
          updateBusinessProfile({ websites: ['https://a.example', 'b', 'c'] }),
          'INVALID_PROFILE',
        ],
        [updateBusinessProfile({ vertical: 'CLINIC' }), 'INVALID_PROFILE'],
        [updateBusinessProfile({ abuot: 'x' } as never), 'INVALID_OPTIONS'],
        [
          updateBusinessProfile({ picture: Buffer.from('%PDF-1.7') }),
          'MEDIA_UNSUPPORTED',
        ],
      ]));
  });

  describe('the block list', () => {
    it('takes one person or several, by number or user ID', async () => {
      const one = await run(blockUsers(to));
      const two = await run(blockUsers(['+15550100125', USER_ID]));
      const list = await run(listBlockedUsers({ limit: 2 }));

      expect(one.data).to.deep.equal({
        blocked: [{ input: to, waId: '15550100123' }],
        failed: [],
      });
      expect(two.data).to.deep.equal({
        blocked: [
          { input: '+15550100125', waId: '15550100125' },
          { input: USER_ID, userId: USER_ID },
        ],
        failed: [],
      });
      expect(list.data).to.deep.equal([
        { waId: '15550100123' },
        { waId: '15550100125' },
      ]);
      expect(list.response).to.include({ hasNext: true });
      expect(bodies()[1]).to.deep.equal({
        messaging_product: 'whatsapp',
        block_users: [{ user: '+15550100125' }, { user_id: USER_ID }],
      });
    });

    it('tells apart who could not be blocked', async () => {
      const next = await run(blockUsers([to, '+1555 0131047']));

      expect(next.data).to.have.deep.property('blocked', [
        { input: to, waId: '15550100123' },
      ]);
      expect(next.data).to.have.nested.property('failed[0]').that.includes({
        input: '+1555 0131047',
        waId: '15550131047',
        code: 'RECIPIENT_REFUSED',
        metaCode: 131047,
      });
      expect(next.response).to.include({ statusCode: 400, attempts: 1 });
    });

    it('is an error when nobody could be blocked', async () => {
      const error = await rejects(run(blockUsers('+1555 0131047')), {
        code: 'BLOCK_LIST_REFUSED',
      });

      expect(error.message).to.match(/^Nobody was blocked\. /);
      expect(error.message).not.to.contain('0131047');
    });

    it('lets go of people, who are named in the body of the DELETE', async () => {
      await run(blockUsers(to));
      await rejects(run(sendMessage(to, 'Hello')), { metaCode: 130403 });

      const next = await run(unblockUsers(to));

      expect(next.data).to.deep.equal({
        unblocked: [{ input: to, waId: '15550100123' }],
        failed: [],
      });
      expect(received().at(-1)).to.equal(`DELETE /${PHONE}/block_users`);
      expect(bodies().at(-1)).to.deep.equal({
        messaging_product: 'whatsapp',
        block_users: [{ user: to }],
      });
    });

    it('fails like any other call when Meta names nobody', async () => {
      simulator().fault({ code: 139101 });
      await rejects(run(blockUsers(to)), { metaCode: 139101 });

      const error = { code: 139100, message: 'Failed' };
      const body = { error, block_users: { added_users: [] } };
      simulator().fault({ status: 400, body });
      await rejects(run(blockUsers(to)), { metaCode: 139100 });
    });

    it('refuses bad input before the network', () =>
      refusesEach([
        [blockUsers([]), 'INVALID_RECIPIENT'],
        [blockUsers('0712 345 678'), 'INVALID_RECIPIENT'],
        [unblockUsers([to, 'Amina']), 'INVALID_RECIPIENT'],
      ]));
  });

  describe('analytics', () => {
    const HOUR = 3600;

    it('ask for a field of the account, brackets and all', async () => {
      const end = Math.floor(Date.now() / 1000);
      await run(sendMessage(to, 'Hello'));

      const next = await run(
        getAnalytics('messages', {
          start: new Date((end - HOUR) * 1000).toISOString(),
          end: end + HOUR,
          granularity: 'daily',
          phoneNumbers: '+1 555 0001',
          productTypes: [0, 2],
        }),
      );

      expect(received()[1]).to.equal(
        `GET /${WABA}?fields=analytics.start(${end - HOUR}).end(${end + HOUR}).granularity(DAY).phone_numbers([%2215550001%22]).product_types([0,2])`,
      );
      const [point] = next.data as DataPoint[];
      expect(point).to.deep.equal({
        start: new Date((end - HOUR) * 1000).toISOString(),
        end: new Date((end - HOUR + 24 * HOUR) * 1000).toISOString(),
        sent: 1,
        delivered: 1,
      });
    });

    it('take times as ISO, as Unix seconds and milliseconds alike', async () => {
      const day = Math.floor(Date.now() / 86_400_000) * 86_400 - 86_400;
      const iso = new Date(day * 1000).toISOString();
      const starts = [
        day,
        day * 1000,
        String(day),
        iso,
        iso.slice(0, 10),
        iso.slice(0, 16),
      ];

      for (const start of starts) await run(getAnalytics('pricing', { start }));

      for (const request of received()) {
        expect(request).to.contain(`start(${day})`);
      }
    });

    it('ask for what to count apart', async () => {
      await run(sendMessage(to, 'Hello'));

      const next = await run(
        getAnalytics('pricing', {
          granularity: 'MONTH',
          dimensions: ['PRICING_CATEGORY', 'COUNTRY'],
          metricTypes: 'VOLUME',
        }),
      );

      expect(received()[1]).to.match(
        /\.granularity\(MONTHLY\)\.metric_types\(\[%22VOLUME%22\]\)\.dimensions\(\[%22PRICING_CATEGORY%22,%22COUNTRY%22\]\)$/,
      );
      expect(next.data)
        .to.have.nested.property('[0]')
        .that.includes({ pricing_category: 'SERVICE', volume: 1 });
    });

    it('of templates are a list of their own', async () => {
      const { id } = simulator().addTemplate(WABA, {
        name: 'notice',
        language: 'en_US',
        category: 'UTILITY',
        components: [],
      });

      const next = await run(
        getAnalytics('templates', { templateIds: [id], metricTypes: ['SENT'] }),
      );

      expect(next.data).to.deep.equal([]);
      expect(received()[0]).to.match(
        new RegExp(
          `^GET /${WABA}/template_analytics\\?start=\\d+&end=\\d+&granularity=DAILY&template_ids=%5B%22${id}%22%5D&metric_types=%5B%22SENT%22%5D&limit=100$`,
        ),
      );
    });

    it('count conversations, flat and with a total', async () => {
      await run(sendMessage(to, 'Hello'));
      await run(sendMessage(to, 'Hello again'));
      await run(sendMessage('+15550100125', 'Hello'));

      const next = await run(listConversations());

      const { conversations, total, source } = next.data as {
        conversations: DataPoint[];
        total: number;
        source: string;
      };
      expect(total).to.equal(2);
      expect(source).to.equal('meta');
      expect(conversations[0]).to.include({
        conversation: 2,
        conversation_category: 'SERVICE',
      });
    });

    it('refuse bad input before the network', () =>
      refusesEach([
        [getAnalytics('people' as never), 'INVALID_REQUEST'],
        [getAnalytics('messages', { start: 'soon' }), 'INVALID_TIME'],
        [getAnalytics('messages', { start: {} as never }), 'INVALID_TIME'],
        [
          getAnalytics('messages', {
            start: 2_000_000_000,
            end: 1_900_000_000,
          }),
          'INVALID_TIME',
        ],
        [getAnalytics('messages', { start: '2020-01-01' }), 'INVALID_TIME'],
        [getAnalytics('messages', { granularity: 'WEEK' }), 'INVALID_OPTIONS'],
        [
          getAnalytics('messages', { countryCodes: ['US).end(1'] }),
          'INVALID_OPTIONS',
        ],
        [getAnalytics('messages', { dimensions: [] }), 'INVALID_OPTIONS'],
        [getAnalytics('templates'), 'INVALID_OPTIONS'],
        [getAnalytics('templates', { templateIds: [] }), 'INVALID_OPTIONS'],
        // Meta would count all numbers.
        [getAnalytics('messages', { phoneNumbers: [] }), 'INVALID_OPTIONS'],
      ]));
  });

  describe('webhooks', () => {
    it('are subscribed to, at the address of the app', async () => {
      const none = await run(listSubscriptions());
      const next = await run(subscribeWebhooks());
      const one = await run(listSubscriptions());

      expect(none.data).to.deep.equal([]);
      expect(next.data).to.deep.equal({ success: true });
      expect(one.data).to.have.nested.property('[0].name', 'Simulator app');
      expect(simulator().requests[1]?.rawBody).to.equal('');
    });

    it('are subscribed to at another address', async () => {
      configure({ verifyToken: 'CANARY-VERIFY' });
      const callbackUrl = 'https://gateway.example/webhook';

      const next = await run(subscribeWebhooks({ callbackUrl }));
      const list = await run(listSubscriptions());
      await run(subscribeWebhooks({ callbackUrl, verifyToken: 'another' }));

      expect(bodies()).to.deep.equal([
        { override_callback_uri: callbackUrl, verify_token: 'CANARY-VERIFY' },
        { override_callback_uri: callbackUrl, verify_token: 'another' },
      ]);
      expect(list.data).to.have.nested.property('[0].callbackUrl', callbackUrl);
      expect(JSON.stringify([next.data, next.response])).not.to.contain(
        'CANARY',
      );
    });

    it('can be ended', async () => {
      await run(subscribeWebhooks());
      await run(unsubscribeWebhooks());

      expect((await run(listSubscriptions())).data).to.deep.equal([]);
      expect(received()[1]).to.equal(`DELETE /${WABA}/subscribed_apps`);
    });

    it('refuse bad input before the network', () =>
      refusesEach([
        [
          subscribeWebhooks({ callbackUrl: 'http://gateway.example' }),
          'INVALID_OPTIONS',
        ],
        [
          subscribeWebhooks({
            callbackUrl: `https://a.example/${'x'.repeat(200)}`,
          }),
          'INVALID_OPTIONS',
        ],
        [
          subscribeWebhooks({ callbackUrl: 'https://gateway.example' }),
          'CONFIGURATION_MISSING',
        ],
        [subscribeWebhooks({ verifyToken: 'x' }), 'INVALID_OPTIONS'],
        // It would take away the address that was set before.
        [subscribeWebhooks({ callbackUrl: undefined }), 'INVALID_OPTIONS'],
      ]));
  });

  describe('delivery without webhooks', () => {
    const withGateway = () =>
      configure({
        gatewayUrl: `${simulator().url}/gateway/`,
        gatewayKey: 'CANARY-KEY',
      });

    const send = async () =>
      (await run(sendMessage(to, 'Hello'))).data as { messageId: string };

    it('asks Meta for the history of a message', async () => {
      const { messageId } = await send();

      const next = await run(getMessageStatus(messageId));

      expect(next.data).to.deep.include({
        id: messageId,
        status: 'delivered',
        source: 'meta',
      });
      const { history, timestamp } = next.data as {
        history: { status: string; timestamp: string }[];
        timestamp: string;
      };
      expect(history.map(({ status }) => status)).to.deep.equal([
        'sent',
        'delivered',
      ]);
      expect(history[1]?.timestamp).to.equal(timestamp);
      expect(received()[1]).to.match(
        new RegExp(`^GET /${PHONE}/message_history\\?message_id=wamid`),
      );
    });

    it('asks the gateway when there is one, with its own key', async () => {
      const { messageId } = await send();
      withGateway();

      const next = await run(getMessageStatus(messageId));

      expect(next.data).to.include({
        id: messageId,
        status: 'delivered',
        source: 'gateway',
      });
      expect(next.response)
        .to.have.property('path')
        .that.matches(/^\/gateway/);
      expect(received()[1]).to.equal(
        `GET /gateway/messages/${encodeURIComponent(messageId)}/status`,
      );
    });

    it('says plainly that Meta does not know', async () => {
      const error = await rejects(run(getMessageStatus('wamid.unknown=')), {
        code: 'STATUS_UNKNOWN',
      });
      expect(error.fix).to.contain('gatewayUrl');

      simulator().fault({ code: 100, subcode: 33 });
      await rejects(run(getMessageStatus('wamid.unknown=')), {
        code: 'STATUS_UNKNOWN',
      });
    });

    it('says plainly that the gateway does not know', async () => {
      withGateway();

      await rejects(run(getMessageStatus('wamid.a/b+c==')), {
        code: 'STATUS_UNKNOWN',
      });
      expect(received()).to.deep.equal([
        'GET /gateway/messages/wamid.a%2Fb%2Bc%3D%3D/status',
      ]);
    });

    it('lists messages and conversations of the gateway', async () => {
      await send();
      withGateway();

      const messages = await run(
        listMessages(to, { since: '2026-11-01', limit: 5 }),
      );
      const conversations = await run(listConversations({ start: 1793491200 }));

      expect(messages.data)
        .to.have.nested.property('[0]')
        .that.includes({ direction: 'outbound', status: 'delivered' });
      expect(messages.response).to.include({ hasNext: false, total: 1 });
      expect(conversations.data).to.deep.include({
        total: 1,
        source: 'gateway',
      });
      expect(received().slice(1)).to.deep.equal([
        'GET /gateway/messages?contact=%2B1+555+0100+123&since=2026-11-01T00%3A00%3A00.000Z&limit=5',
        'GET /gateway/conversations?since=2026-11-01T00%3A00%3A00.000Z&limit=100',
      ]);
    });

    it('says plainly that Meta has no list of messages', async () => {
      const error = await rejects(run(listMessages(to)), {
        code: 'MESSAGES_UNKNOWN',
      });

      expect(error.fix).to.contain('gateway');
      expect(simulator().requests).to.have.length(0);
    });

    it('tells a wrong key from a gateway that is not there', async () => {
      withGateway();
      simulator().fault({
        status: 401,
        body: { error: { code: 'WRONG_KEY' } },
      });
      await rejects(run(listMessages(to)), { code: 'NOT_AUTHORIZED' });

      simulator().fault({ status: 404, body: '<html>' });
      await rejects(run(listMessages(to)), { code: 'GATEWAY_UNAVAILABLE' });

      configure({ gatewayUrl: 'http://127.0.0.1:1' });
      const error = await rejects(run(listMessages(to, { retry: false })), {
        code: 'GATEWAY_UNAVAILABLE',
        sent: 'no',
      });
      expect(error.fix).to.contain('gatewayUrl');
    });

    it('refuses bad input before the network', () => {
      configure({ gatewayUrl: simulator().url });
      return refusesEach([
        [getMessageStatus(''), 'INVALID_ID'],
        [listMessages(to, { since: 'yesterday' }), 'INVALID_TIME'],
        // As Unix seconds, they would be in the year 1970.
        [listMessages(to, { since: '20261101' }), 'INVALID_TIME'],
        [listMessages(to, { since: 2026 }), 'INVALID_TIME'],
        // The gateway would find nobody.
        [listMessages('0712 345 678'), 'INVALID_RECIPIENT'],
        // It would give what everybody wrote.
        [listMessages(() => undefined), 'INVALID_RECIPIENT'],
        [listMessages(to), 'CONFIGURATION_MISSING'],
      ]);
    });
  });

  describe('preflight', () => {
    const rows = async (operation: Operation) =>
      (await run(operation)).data as PreflightRow[];

    const wrong = (all: PreflightRow[]) =>
      all.filter(({ ok }) => !ok).map(({ check }) => check);

    it('finds that all is well', async () => {
      await run(subscribeWebhooks());
      configure({
        gatewayUrl: `${simulator().url}/gateway`,
        gatewayKey: 'KEY',
      });

      const all = await rows(
        preflight({ templates: ['hello_world'], recipients: 200 }),
      );

      expect(all.map(({ check }) => check)).to.deep.equal([
        'token',
        'number',
        'reach',
        'account',
        'template hello_world (en_US)',
        'webhook',
        'gateway',
      ]);
      expect(wrong(all)).to.deep.equal([]);
      expect(all[1]?.detail).to.equal(
        'The number is CONNECTED, quality GREEN, TIER_250, throughput STANDARD.',
      );
    });

    it('says how to connect a number, as far as that can be done from here', async () => {
      for (const [status, fix] of [
        ['DISCONNECTED', /^Register it/],
        ['UNVERIFIED', /^Verify it/],
        ['BANNED', /^Look in WhatsApp Manager/],
      ] as const) {
        simulator().addNumber({ id: PHONE, status });

        const all = await rows(preflight());

        expect(all[1]?.fix).to.match(fix);
      }
    });

    it('does not take another server for the gateway', async () => {
      configure({ gatewayUrl: simulator().url, gatewayKey: 'KEY' });
      simulator().fault({ path: '/messages', body: { status: 'up' } });

      const all = await rows(preflight());

      expect(all.at(-1)).to.deep.include({ check: 'gateway', ok: false });
      expect(all.at(-1)?.fix).to.contain('gatewayUrl');
    });

    it('tells each thing that is not well, and what to do', async () => {
      simulator().addNumber({ id: PHONE, status: 'DISCONNECTED' });
      simulator().fault({
        path: '/debug_token',
        body: { data: { is_valid: true, scopes: [] } },
      });

      const all = await rows(
        preflight({
          templates: [{ name: 'vaccination_day', language: 'fr' }],
          recipients: 3000,
        }),
      );

      expect(wrong(all)).to.deep.equal([
        'token',
        'number',
        'reach',
        'template vaccination_day (fr)',
        'webhook',
      ]);
      for (const row of all.filter(({ ok }) => !ok)) {
        expect(row.detail, row.check).to.match(/\.$/);
        expect(row.fix, row.check).to.match(/\.$/);
      }
    });

    it('is no error when nothing can be asked at all', async () => {
      configure({ wabaId: '', apiToken: '' });

      expect(wrong(await rows(preflight()))).to.deep.equal([
        'token',
        'number',
        'account',
        'webhook',
      ]);
    });

    it('stops the run when it has to be well', async () => {
      const error = await rejects(run(preflight({ required: true })), {
        code: 'PREFLIGHT_FAILED',
        sent: 'no',
      });

      expect(error.description).to.equal(
        '1 of 4 checks failed. webhook: No app is subscribed to the account, so no webhooks come.',
      );
    });

    it('refuses bad input before the network', () =>
      refusesEach([
        [preflight({ required: 'yes' as never }), 'INVALID_OPTIONS'],
        [preflight({ templates: [''] }), 'INVALID_TEMPLATE'],
        [preflight({ template: 'x' } as never), 'INVALID_OPTIONS'],
      ]));
  });

  describe('metadata', () => {
    it('gives templates with languages and parameters, and numbers', async () => {
      const { result } = await collectLogs(() =>
        metadata(state().configuration),
      );

      expect(result).to.include({ name: 'whatsapp', type: 'model' });
      const { templates, phoneNumbers } = result.children as Record<
        string,
        object[]
      >;
      expect(templates?.[1]).to.deep.include({
        name: 'vaccination_day',
        type: 'template',
        meta: { category: 'UTILITY', isNamed: true },
      });
      expect(templates?.[1])
        .to.have.nested.property('children.languages')
        .that.has.length(2);
      expect(templates?.[1])
        .to.have.nested.property('children.parameters')
        .that.deep.equals([
          {
            name: 'name',
            type: 'parameter',
            datatype: 'string',
            label: '{{name}}',
          },
          {
            name: 'date',
            type: 'parameter',
            datatype: 'string',
            label: '{{date}}',
          },
        ]);
      expect(phoneNumbers?.[0]).to.include({
        name: PHONE,
        type: 'phoneNumber',
      });
    });

    it('takes its lists from a helper', async () => {
      const tree = await metadata(undefined, {
        listTemplates: () => Promise.resolve([]),
        listPhoneNumbers: () => Promise.resolve([{ id: '1' }]),
      });

      expect(tree.children).to.have.deep.nested.property(
        'phoneNumbers[0].label',
        '1',
      );
      expect(simulator().requests).to.have.length(0);
    });
  });

  it('leaks no token, into logs, errors, state or what the server keeps', async () => {
    configure({
      gatewayUrl: `${simulator().url}/gateway`,
      gatewayKey: 'CANARY-KEY',
    });
    simulator().fault({ path: '/debug_token', code: 190, details: TOKEN });
    simulator().fault({ path: '/gateway', status: 500, body: 'CANARY-KEY' });

    const { result, lines } = await collectLogs(async () => {
      const flown = await preflight({ retry: { attempts: 1 } })(state());
      const failed = await rejects(
        updateBusinessProfile(
          { picture: PNG },
          { retry: false },
        )({
          ...state(),
          configuration: { ...(state().configuration as object), wabaId: '' },
        }).then(() => updateBusinessProfile({})(state())),
      );
      const { configuration: _, ...rest } = flown;
      return { rest, failed: { ...failed, message: failed.message } };
    });

    const kept = [lines, result, simulator().requests];
    expect(JSON.stringify(kept)).not.to.contain('CANARY');
    expect(lines.join()).to.contain('GET debug_token');
    expect(lines.join()).not.to.match(/\d{6}|upload:/);
  });
});
