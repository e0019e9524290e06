import { expect } from 'chai';
import { reconcile } from '../../src/index';
import type { BroadcastResult, State } from '../../src/index';
import { rejects } from '../rejects';

const error = {
  code: 'SEND_UNCONFIRMED',
  description: 'No answer came in time.',
  fix: 'Wait for the status.',
  retryable: false,
};
const summary = {
  items: 4,
  sent: 1,
  failed: 0,
  unknown: 2,
  remaining: 1,
  failures: [],
};
const result = {
  sent: [{ key: 'S', to: '+15550001', messageId: 'wamid.S' }],
  failed: [],
  unknown: [
    { key: 'A', to: '+15550002', error },
    { key: 'B', to: '+15550003', error },
  ],
  remaining: ['left'],
  summary,
};

const status = (id: string, key: string, of = 'delivered', more = {}) => ({
  id,
  status: of,
  callbackData: key,
  ...more,
});

describe('reconcile', () => {
  const run = async (statuses: unknown, data: unknown = result) => {
    const state: State = { data, references: [], other: 1 };
    const next = await reconcile(statuses as object)(state);
    return next.data as BroadcastResult;
  };

  it('moves a row to sent when a status carries its key', async () => {
    const { sent, failed, unknown, remaining, summary } = await run([
      status('wamid.A', 'A'),
      status('wamid.X', 'nobody'),
    ]);

    expect(sent).to.deep.equal([
      ...result.sent,
      { key: 'A', to: '+15550002', messageId: 'wamid.A' },
    ]);
    expect(unknown).to.deep.equal([result.unknown[1]]);
    expect(failed).to.deep.equal([]);
    expect(remaining).to.deep.equal(['left']);
    expect(summary).to.deep.include({ items: 4, sent: 2, unknown: 1 });
  });

  it('moves a row to failed, in the words of the catalog', async () => {
    const errors = [{ code: 131026, title: 'Message undeliverable' }];

    const { failed, summary } = await run([
      status('wamid.A', 'A', 'sent'),
      status('wamid.A', 'A', 'failed', { errors }),
    ]);

    expect(failed).to.have.length(1);
    expect(failed[0]).to.include({ key: 'A', messageId: 'wamid.A' });
    expect(failed[0]?.error).to.include({
      code: 'RECIPIENT_REFUSED',
      metaCode: 131026,
      retryable: false,
    });
    expect(summary).to.include({ failed: 1, unknown: 1 });
    expect(summary.failures[0]).to.include({ metaCode: 131026, count: 1 });
  });

  it('takes an error that it does not know', async () => {
    const errors = [{ code: 987654, title: 'Something new' }];

    const { failed } = await run([
      status('wamid.A', 'A', 'failed', { errors }),
      status('wamid.B', 'B', 'failed'),
    ]);

    expect(failed.map(({ error }) => error.code)).to.deep.equal([
      'NOT_DELIVERED',
      'NOT_DELIVERED',
    ]);
    expect(failed[0]?.error.description).to.contain('Something new');
  });

  it('goes by the callback data that the job gave its message', async () => {
    const row = { key: 'A', callbackData: 'mine', error };

    const { sent, unknown } = await run(
      [status('wamid.A', 'mine'), status('wamid.B', 'A')],
      { ...result, unknown: [row] },
    );

    expect(sent.at(-1)).to.deep.equal({ key: 'A', messageId: 'wamid.A' });
    expect(unknown).to.deep.equal([]);
  });

  it('is not misled by the status of another message of the same item', async () => {
    const row = { key: 'A', messageId: 'wamid.1', error };
    const data = { ...result, unknown: [row] };

    const before = await run([status('wamid.1', 'A')], data);
    const after = await run(
      [status('wamid.1', 'A'), status('wamid.2', 'A')],
      data,
    );

    expect(before.unknown).to.deep.equal([row]);
    expect(after.unknown).to.deep.equal([]);
    expect(after.sent.at(-1)).to.deep.equal({
      key: 'A',
      messageId: 'wamid.2',
      messageIds: ['wamid.1', 'wamid.2'],
    });
  });

  it('lets nobody repeat an item of which another message is out', async () => {
    const row = { key: 'A', messageId: 'wamid.1', error };
    const errors = [{ code: 130429 }];
    const statuses = [status('wamid.2', 'A', 'failed', { errors })];

    const whole = await run(statuses);
    const half = await run(statuses, { ...result, unknown: [row] });

    expect(whole.failed[0]?.error.retryable).to.equal(true);
    expect(half.failed[0]).to.include({ key: 'A', messageId: 'wamid.1' });
    expect(half.failed[0]?.error).to.include({
      metaCode: 130429,
      retryable: false,
    });
  });

  describe('when many items have the same callback data', () => {
    const rowTo = (key: string, to: string) => ({
      key,
      to,
      callbackData: 'may',
      error,
    });
    const statusOf = (id: string, to?: string) =>
      status(id, 'may', 'delivered', to === undefined ? {} : { to });
    const unknown = [rowTo('A', '+1 555 0002'), rowTo('B', '+1 555 0003')];
    const shared = { ...result, unknown };

    it('takes no status of a message that another row has', async () => {
      const { unknown, sent } = await run([statusOf('wamid.S')], shared);

      expect(unknown).to.deep.equal(shared.unknown);
      expect(sent).to.deep.equal(result.sent);
    });

    it('tells them apart by recipient', async () => {
      const { unknown, sent } = await run(
        [statusOf('wamid.9', '15559999'), statusOf('wamid.B', '15550003')],
        shared,
      );

      expect(unknown.map(({ key }) => key)).to.deep.equal(['A']);
      expect(sent.at(-1)).to.include({ key: 'B', messageId: 'wamid.B' });
    });

    it('settles no two rows by one message', async () => {
      const { unknown } = await run([statusOf('wamid.9')], shared);

      expect(unknown).to.have.length(1);
    });
  });

  it('reads what parseWebhook leaves, webhooks of Meta, and lists of them', async () => {
    const webhook = {
      object: 'whatsapp_business_account',
      entry: [
        {
          id: '1',
          changes: [
            {
              field: 'messages',
              value: {
                metadata: { phone_number_id: '2' },
                statuses: [
                  {
                    id: 'wamid.B',
                    status: 'sent',
                    timestamp: '1700000000',
                    biz_opaque_callback_data: 'B',
                  },
                ],
              },
            },
          ],
        },
      ],
    };

    const { sent, unknown } = await run([
      { messages: [], statuses: [status('wamid.A', 'A')] },
      webhook,
    ]);

    expect(sent.map(({ key }) => key)).to.deep.equal(['S', 'A', 'B']);
    expect(unknown).to.deep.equal([]);
  });

  it('takes the result from its second argument', async () => {
    const state: State = { data: [status('wamid.A', 'A')], result };

    const next = await reconcile(
      s => s.data as object,
      s => s['result'] as BroadcastResult,
    )(state);

    expect((next.data as BroadcastResult).sent).to.have.length(2);
  });

  it('refuses what is no result', () =>
    rejects(run([], { messages: [] }), { code: 'NOT_A_BROADCAST' }));

  for (const statuses of [undefined, 'x', [7]]) {
    it(`refuses ${JSON.stringify(statuses)} for statuses`, () =>
      rejects(run(statuses), { code: 'INVALID_STATUSES' }));
  }
});
