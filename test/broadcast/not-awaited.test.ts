import { expect } from 'chai';
import { broadcast, fn, sendMessage, sendTemplate } from '../../src/index';
import type { BroadcastResult, Operation, State } from '../../src/index';
import { collectLogs } from '../quiet';
import { onSimulator } from '../stories/on-simulator';

const ITEMS = [
  { id: 'P-1', phone: '+1 202 555 1001' },
  { id: 'P-2', phone: '+1 202 555 1002' },
];
const phone = ({ data }: State) => (data as { phone: string }).phone;
const key = ({ data }: State) => (data as { id: string }).id;

describe('a broadcast whose operation awaits nothing', () => {
  const world = onSimulator();

  const run = async (...operations: Operation[]) => {
    const careless = fn((state: State) => {
      for (const operation of operations) void operation(state);
      return state;
    }) as Operation;
    const { result, lines } = await collectLogs(async () => {
      const state = await broadcast(ITEMS, careless, {
        key,
        rate: 1000,
        perRecipient: 0,
      } as never)(world.state());
      for (let count = 0; count < 5; count++) {
        await new Promise(resolve => setImmediate(resolve));
      }
      return state;
    });
    return { ...(result.data as BroadcastResult), lines };
  };
  const fine = sendMessage(phone, 'Come tomorrow.');
  const tooLong = sendMessage(phone, 'x'.repeat(5000));

  it('has a row for what was sent', async () => {
    const { sent } = await run(fine);

    expect(sent.map(({ key }) => key)).to.deep.equal(['P-1', 'P-2']);
  });

  it('has a failed row for what failed before anything went out', async () => {
    const { failed, summary } = await run(tooLong);

    expect(failed.map(({ key }) => key)).to.deep.equal(['P-1', 'P-2']);
    expect(failed[0]!.error.code).to.equal('INVALID_MESSAGE');
    expect(summary).to.include({ items: 2, failed: 2, skipped: 0 });
  });

  it('shows in the row of a message that another of the item failed', async () => {
    const { sent } = await run(tooLong, fine);

    expect(sent).to.have.length(2);
    expect(sent[0]!.error).to.have.property('code', 'INVALID_MESSAGE');
  });

  it('waits for a message before which something else is asked', async () => {
    const values = { name: 'Amina', date: 'Tuesday' };
    const { sent, skipped } = await run(
      sendTemplate(phone, 'vaccination_day', values, { check: true } as never),
    );

    expect(skipped).to.deep.equal([]);
    expect(sent).to.have.length(2);
  });

  it('waits for a message that follows another one', async () => {
    const { sent } = await run((state: State) => {
      void fine(state).then(() => fine(state));
      return Promise.resolve(state);
    });

    expect(sent).to.have.length(2);
    expect(sent[0]!.messageIds).to.have.length(2);
  });

  it('lets no message out that starts when its item has a row', async () => {
    let begin!: () => void;
    const over = new Promise<void>(resolve => (begin = resolve));
    let late!: Promise<State>;
    const operation: Operation = state => {
      late = over.then(() => fine(state));
      late.catch(() => undefined);
      return Promise.resolve(state);
    };

    const { skipped } = await run(operation);
    begin();
    const error = await late.then(
      () => undefined,
      (error: unknown) => error,
    );

    expect(skipped).to.have.length(2);
    expect(error).to.include({ code: 'STARTED_TOO_LATE', sent: 'no' });
    expect(world.bodies()).to.deep.equal([]);
  });

  it('says in the log that nothing was awaited', async () => {
    const { lines } = await run(tooLong);

    expect(lines.join('\n')).to.match(/^\d operations? w\w+ started without/m);
    expect(lines.join('\n')).not.to.match(/202|xxx/);
  });
});
