import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { startSimulator } from '../../simulator/src/index';
import type { Simulator } from '../../simulator/src/index';
import type { BroadcastResult } from '../../src/index';
import { read, run, webhookState } from './run';

describe('a job that a webhook starts', () => {
  let simulator: Simulator;

  before(async () => {
    simulator = await startSimulator();
  });
  beforeEach(() => simulator.reset());
  after(() => simulator.close());

  const runExample = async (
    name: string,
    change: [string, string] = ['', ''],
  ) => {
    const state = webhookState(simulator);
    const data = JSON.parse(
      JSON.stringify(state.data).replaceAll(...change),
    ) as unknown;
    const { final, failure } = await run(read(`examples/${name}.js`), {
      ...state,
      data,
    });
    expect(failure).to.equal(undefined);
    return final;
  };

  const bodies = () =>
    simulator.requests.map(({ rawBody }) => JSON.parse(rawBody) as object);

  it('answers everybody who has written, quoting each message', async () => {
    await runExample('20-auto-reply');

    expect(bodies()).to.have.length(2);
    expect(bodies()[0]).to.deep.equal({
      biz_opaque_callback_data: 'wamid.HBgLMTU1NTAxMDAxMjMVAgASGBQzQQ==',
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      to: '+15550100123',
      context: { message_id: 'wamid.HBgLMTU1NTAxMDAxMjMVAgASGBQzQQ==' },
      type: 'text',
      text: {
        body: 'Thank you, Amina. The clinic answers from Monday to Friday, 8 to 17.',
      },
    });
  });

  it('answers also somebody whose name is not known', async () => {
    await runExample('20-auto-reply', ['"name":"Amina"', '"name":""']);

    expect(bodies()).to.have.length(2);
    expect(bodies()[0]).to.have.nested.property(
      'text.body',
      'Thank you, dear patient. The clinic answers from Monday to Friday, 8 to 17.',
    );
  });

  describe('and that answers with a broadcast', () => {
    /** Two people, of whom the first wrote twice, and the same each time. */
    const inbound = (change: object = {}) => {
      const state = webhookState(simulator);
      const timestamp = String(Math.floor(Date.now() / 1000));
      const message = (from: string, id: string) => ({
        from,
        id,
        timestamp,
        type: 'text',
        text: { body: 'Hello' },
      });
      const messages = [
        { ...message('15550100123', 'wamid.QTE='), ...change },
        message('15550100123', 'wamid.QTI='),
        message('15550100124', 'wamid.QTM='),
      ];
      const metadata = { phone_number_id: '100000000000009' };
      const value = { metadata, messages };
      const changes = [{ field: 'messages', value }];
      return { ...state, data: { entry: [{ id: '1', changes }] } };
    };

    const answer = async (options: string, change: object = {}, more = '') => {
      const job = `parseWebhook();
        broadcast($.data.messages, reply('Thank you!'${more}), ${options});`;
      const { final, failure } = await run(job, inbound(change));
      expect(failure).to.equal(undefined);
      return final['data'] as BroadcastResult;
    };

    const quoted = () =>
      bodies().map(
        body =>
          (body as { context?: { message_id: string } }).context?.message_id,
      );

    for (const options of [
      '{ perRecipient: 0 }',
      '{ perRecipient: 0, key: $.data.id }',
    ]) {
      it(`answers each message, quoted, from the number that received it: ${options}`, async () => {
        const { summary } = await answer(options);

        expect(summary).to.include({ sent: 3, failed: 0, skipped: 0 });
        expect(quoted()).to.have.members([
          'wamid.QTE=',
          'wamid.QTI=',
          'wamid.QTM=',
        ]);
        for (const { path } of simulator.requests) {
          expect(path).to.equal('/v25.0/100000000000009/messages');
        }
      });
    }

    it('leaves six seconds between two answers to one person', async () => {
      const { summary } = await answer('{ deadline: 5500, key: $.data.id }');

      expect(summary).to.include({ sent: 2, remaining: 1 });
      expect(quoted()).to.have.members(['wamid.QTE=', 'wamid.QTM=']);
    });

    it('answers those behind one that cannot be answered', async () => {
      const timestamp = '1700000000';

      const { summary, failed } = await answer(
        '{ perRecipient: 0, key: $.data.id }',
        { timestamp },
      );

      expect(summary).to.include({ sent: 2, failed: 1 });
      expect(failed[0]).to.include({ key: 'wamid.QTE=' });
      expect(failed[0]?.error).to.include({ code: 'WINDOW_CLOSED' });
    });

    it('names each answer by its message, so that a repeated webhook is told apart', async () => {
      const { sent } = await answer('{ perRecipient: 0, key: $.data.id }');

      expect(sent.map(({ key }) => key)).to.have.members([
        'wamid.QTE=',
        'wamid.QTI=',
        'wamid.QTM=',
      ]);
    });
  });

  it('reads the answer of a survey, and marks it as read', async () => {
    const final = await runExample('21-survey-answer');

    const register = final['register'] as object[];
    expect(register).to.have.length(1);
    expect(register[0]).to.include({ visitId: 'V-1042', answer: 'good' });
    expect(bodies()).to.deep.equal([
      {
        messaging_product: 'whatsapp',
        status: 'read',
        message_id: 'wamid.HBgLMTU1NTAxMDAxMjMVAgASGBQzQg==',
      },
    ]);
  });

  it('reports what was delivered, and what was not', async () => {
    const { report } = (await runExample('22-delivery-report')) as {
      report?: { delivered: object[]; failed: object[] };
    };

    expect(report?.delivered[0]).to.include({ visitId: 'V-1042' });
    expect(report?.failed[0]).to.include({
      visitId: 'V-1043',
      reason: 'Message undeliverable',
    });
  });

  it('reports nothing as delivered that was only sent', async () => {
    const { report } = await runExample('22-delivery-report', [
      '"status":"delivered"',
      '"status":"sent"',
    ]);

    expect(report).to.have.all.keys('sent', 'failed');
  });

  it('marks as read every answer to a survey', async () => {
    await runExample('21-survey-answer', [
      '"type":"text","text":{"body":"STOP"}',
      '"type":"button","button":{"text":"Bad","payload":"bad:V-1043"}',
    ]);

    expect(bodies()).to.have.length(2);
  });

  it('marks as read the answers behind one that cannot be marked', async () => {
    simulator.fault({ times: 1, code: 100 });

    const { register } = await runExample('21-survey-answer', [
      '"type":"text","text":{"body":"STOP"}',
      '"type":"button","button":{"text":"Bad","payload":"bad:V-1043"}',
    ]);

    expect(bodies()).to.have.length(2);
    expect(register).to.have.length(2);
  });

  it('confirms to those alone who want no more messages', async () => {
    await runExample('23-opt-out');

    expect(bodies()).to.have.length(1);
  });

  for (const job of [
    "broadcast($.data.messages, reply('Thank you!'));",
    "each($.data.messages, reply('Thank you!'));",
  ])
    it(`answers no notice, and does not end because of one: ${job}`, async () => {
      const state = webhookState(simulator);
      const timestamp = String(Math.floor(Date.now() / 1000));
      const system = { type: 'user_changed_user_id', user_id: 'US.2' };
      const from = '15550100123';
      const messages = [
        { id: 'wamid.QTE=', timestamp, type: 'system', system },
        { id: 'wamid.QTI=', timestamp, from, type: 'edit', edit: {} },
        {
          id: 'wamid.QTM=',
          timestamp,
          from,
          type: 'text',
          text: { body: 'Hi' },
        },
        { id: 'wamid.QTQ=', timestamp, from, type: 'revoke', revoke: {} },
      ];
      const change = { field: 'messages', value: { messages } };
      const data = { entry: [{ id: '1', changes: [change] }] };

      const { failure } = await run(`parseWebhook();\n${job}`, {
        ...state,
        data,
      });

      expect(failure).to.equal(undefined);
      expect(
        bodies().map(body => (body as { context?: object }).context),
      ).to.deep.equal([{ message_id: 'wamid.QTM=' }]);
    });

  it('answers from the number that received the message', async () => {
    const state = webhookState(simulator);
    const configuration = {
      ...state.configuration,
      phoneNumberId: '100000000000009',
    };

    await run(read('examples/23-opt-out.js'), { ...state, configuration });

    expect(simulator.requests[0]?.path).to.equal(
      '/v25.0/100000000000001/messages',
    );
  });

  describe('and that wants to know who sent it', () => {
    const secret = 'the secret of the app';
    const sign = (text: string) =>
      `sha256=${createHmac('sha256', secret).update(text).digest('hex')}`;
    const JOB = `verifyWebhook(); fn(s => ({ ...s, seen: s.data }));`;

    const forwarded = (change: object = {}) => {
      const state = webhookState(simulator);
      const raw = JSON.stringify(state.data);
      return {
        ...state,
        configuration: {
          ...state.configuration,
          appSecret: `old secret, ${secret}`,
        },
        data: { raw, signature: sign(raw), ...change },
      };
    };

    it('gets what Meta signed, and nothing that stood beside it', async () => {
      const state = forwarded({ entry: 'forged' });

      const { final, failure } = await run(JOB, state);

      expect(failure).to.equal(undefined);
      expect(final['seen']).to.deep.equal(JSON.parse(state.data.raw));
    });

    it('finds the signature in the header, too', async () => {
      const state = forwarded();
      const headers = { 'x-hub-signature-256': state.data.signature };

      const { failure } = await run(JOB, {
        ...state,
        data: { raw: state.data.raw },
        request: { headers },
      });

      expect(failure).to.equal(undefined);
    });

    it('stops when the signature is wrong, or missing', async () => {
      for (const change of [
        { raw: '{"entry":[]}' },
        { signature: undefined },
      ]) {
        const { failure } = await run(JOB, forwarded(change));

        expect(failure?.details).to.include({ code: 'SIGNATURE_WRONG' });
      }
    });

    it('says how to get the raw text when there is none', async () => {
      const { failure } = await run(JOB, forwarded({ raw: undefined }));

      expect(failure?.details).to.include({ code: 'INVALID_RAW_BODY' });
      expect(failure?.details?.['fix']).to.contain('FORWARD_RAW=1');
    });
  });
});
