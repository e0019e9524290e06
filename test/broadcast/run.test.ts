import { expect } from 'chai';
import { createClock } from '../../src/broadcast/clock';
import { createCourse } from '../../src/broadcast/course';
import { FairQueue } from '../../src/broadcast/fair-queue';
import { newItem } from '../../src/broadcast/item';
import type { Item } from '../../src/broadcast/item';
import { createKeys } from '../../src/broadcast/keys';
import type { Outcome } from '../../src/broadcast/outcome';
import { outcomeOfHanging } from '../../src/broadcast/outcome';
import { createPace } from '../../src/broadcast/pace';
import { createRateLimiters } from '../../src/broadcast/rate-limiter';
import { runAll } from '../../src/broadcast/run';
import type { State } from '../../src/types';
import { fakeTimers } from './fake-timers';

const SETTINGS = { rate: 80, concurrency: 2, perRecipient: 6 };

describe('a broadcast with an operation that never ends', () => {
  const run = async (items: string[]) => {
    const { timers, pass } = fakeTimers();
    const clock = createClock(timers);
    const pace = createPace(clock, SETTINGS, createRateLimiters(clock.now));
    const keys = createKeys(new Set());
    const queue = new FairQueue(items);
    const base = { clock, pace, keys, queue, isDry: false };
    const course = createCourse(base, 1000);
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
    const all = runAll({ stateOf }, items, operation, course, settings, settle);
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

  it('waits for nothing when all ends', async () => {
    const { ended } = await run(['fine', 'fine']);

    expect(ended).to.equal(0);
  });
});

describe('an item whose operation hangs', () => {
  const hanging = (more: Partial<Item>) =>
    outcomeOfHanging({ ...newItem('x'), ...more });

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
