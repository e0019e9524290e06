import { FairQueue } from '../../src/broadcast/pacing/recipients';
import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import { createClock } from '../../src/broadcast/pacing/clock';
import { createRunState } from '../../src/broadcast/run-state';
import type { Entry } from '../../src/broadcast/run-state';
import { createItem } from '../../src/broadcast/run-state';
import type { Item } from '../../src/broadcast/run-state';
import { createKeys } from '../../src/broadcast/item-key';
import type { Outcome } from '../../src/broadcast/outcome';
import { outcomeOfHanging } from '../../src/broadcast/outcome';
import { Pacer } from '../../src/broadcast/pacing/pacer';
import { createRateLimiters } from '../../src/broadcast/pacing/rate-limiter';
import { copyOf, runAll } from '../../src/broadcast/run';
import type { State } from '../../src/types';
import { fakeTimers } from './pacing/fake-timers';

const SETTINGS = { rate: 80, concurrency: 2, perRecipient: 6 };

describe('a broadcast with an operation that never ends', () => {
  const run = async (items: string[]) => {
    const { timers, pass } = fakeTimers();
    const clock = createClock(timers);
    const pacer = new Pacer(clock, SETTINGS, createRateLimiters(clock.now));
    const keys = createKeys(new Set());
    const queue = new FairQueue<Entry>(items);
    const base = { clock, pacer, keys, queue, isDry: false };
    const run = createRunState(base, 1000);
    const outcomes: Outcome[] = [];
    const settle = (index: number, outcome: Outcome) => {
      outcomes[index] ??= outcome;
    };
    const operation = async (state: State) => {
      if (state.data === 'hangs') await new Promise(() => undefined);
      return state;
    };
    const stateOf = (data: unknown) => ({ data });
    const settings = { ...SETTINGS } as never;
    const all = runAll({ stateOf }, items, operation, run, settings, settle);
    await pass();
    await all;
    return { kinds: outcomes.map(({ kind }) => kind), ended: clock.now() };
  };

  it('ends all the same, with what the others have brought', async () => {
    const { kinds, ended } = await run(['fine', 'hangs', 'fine']);

    expect(kinds).to.deep.equal(['skipped', 'held', 'skipped']);
    expect(ended).to.equal(46_000);
  });

  it('also when nobody else can begin', async () => {
    const { kinds } = await run(['hangs', 'hangs', 'fine', 'fine']);

    expect(kinds).to.deep.equal(['held', 'held', 'held', 'held']);
  });

  describe('when something of ours fails', () => {
    const flaw = new TypeError('CANARY');
    const kindsWith = async (where: 'state' | 'queue' | 'pacer' | 'rounds') => {
      const clock = createClock(fakeTimers().timers);
      const pacer = new Pacer(clock, SETTINGS, createRateLimiters(clock.now));
      const items = ['a', 'b', 'c'];
      const queue = new FairQueue<Entry>(items);
      const fail = () => {
        throw flaw;
      };
      if (where === 'pacer') Object.assign(pacer, { acquire: fail });
      if (where === 'rounds') Object.assign(queue, { rounds: fail });
      if (where === 'queue') Object.assign(queue, { defer: fail });
      const keys = createKeys(new Set());
      const run = createRunState(
        { clock, pacer, keys, queue, isDry: false },
        1000,
      );
      const outcomes: Outcome[] = [];
      await runAll(
        {
          stateOf: (data: unknown, index: number) =>
            where === 'state' && index === 1 ? fail() : { data },
        },
        items,
        state => Promise.resolve(state),
        run,
        { ...SETTINGS } as never,
        (index, outcome) => (outcomes[index] ??= outcome),
      );
      expect(JSON.stringify(outcomes)).not.to.include('CANARY-');
      return Array.from(outcomes, outcome => outcome?.kind);
    };

    it('has a failed row for the item that it fails for, and goes on', async () => {
      expect(await kindsWith('state')).to.deep.equal([
        'skipped',
        'failed',
        'skipped',
      ]);
    });

    for (const where of ['queue', 'pacer'] as const) {
      it(`has a failed row for each item: ${where}`, async () => {
        expect(await kindsWith(where)).to.deep.equal([
          'failed',
          'failed',
          'failed',
        ]);
      });
    }

    it('loses no item that was through before', async () => {
      expect(await kindsWith('rounds')).to.deep.equal([
        'skipped',
        'skipped',
        'skipped',
      ]);
    });
  });

  it('waits for nothing when all ends', async () => {
    const { ended } = await run(['fine', 'fine']);

    expect(ended).to.equal(0);
  });
});

describe('an item whose operation hangs', () => {
  const hanging = (more: Partial<Item>) =>
    outcomeOfHanging({ ...createItem('x'), ...more });

  it('is left when nothing of it is out', () => {
    const error = new Error('refused');
    const messages: Item['messages'] = [{ outcome: 'failed', error }];

    expect(hanging({ messages }).kind).to.equal('held');
  });

  it('is unknown while a message is under way', () => {
    expect(hanging({ underWay: 1 })).to.have.nested.property(
      'row.error.code',
      'SEND_UNCONFIRMED',
    );
  });

  it('is sent when its messages are out', () => {
    const outcome = hanging({
      messages: [{ outcome: 'sent', messageId: 'wamid.1' }],
    });

    expect(outcome).to.include({ kind: 'sent' });
    expect(outcome).to.have.nested.property('row.error.code', 'NOT_ENDED');
  });
});

describe('copyOf', () => {
  it('copies lists and objects at any depth, of whatever realm', () => {
    const items = [
      { name: 'A', visits: [{ date: 1 }], nothing: null },
      runInNewContext("({ name: 'A', visits: [{ date: 1 }] })"),
    ];
    for (const item of items) {
      const copy = copyOf(item) as (typeof items)[0];

      expect(JSON.stringify(copy)).to.equal(JSON.stringify(item));
      expect(copy).not.to.equal(item);
      expect(copy.visits).not.to.equal(item.visits);
      expect(copy.visits[0]).not.to.equal(item.visits[0]);
    }
  });

  it('leaves alone what is no data', () => {
    const date = new Date(0);
    const file = Buffer.from('%PDF');

    for (const item of [7, 'text', null, undefined, date, file]) {
      expect(copyOf(item)).to.equal(item);
    }
  });

  it('keeps the circles of an item in the copy', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;

    const copy = copyOf(circle) as typeof circle;

    expect(copy).not.to.equal(circle);
    expect(copy['self']).to.equal(copy);
  });
});
