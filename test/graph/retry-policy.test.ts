import type { Certainty } from '../../src/graph/wire';
import { expect } from 'chai';
import {
  readRetryPolicy,
  waitBeforeRepeat,
} from '../../src/graph/retry-policy';
import { throws } from '../rejects';

const NO_JITTER = 1;

describe('readRetryPolicy', () => {
  it('is careful with what may not be repeated, and generous with the rest', () => {
    expect(readRetryPolicy(false, undefined).on).to.equal('refused');
    expect(readRetryPolicy(true, undefined).on).to.equal('transient');
  });

  it('tries once when retry is false', () => {
    expect(readRetryPolicy(true, false).attempts).to.equal(1);
  });

  for (const retry of [
    3,
    true,
    { retries: 3 },
    { attempts: 0 },
    { attempts: 1.5 },
    { delay: -1 },
    { backoff: 'linear' },
    { on: 'sometimes' },
  ]) {
    it(`refuses ${JSON.stringify(retry)}`, () => {
      throws(() => readRetryPolicy(true, retry as never), {
        code: 'INVALID_OPTIONS',
      });
    });
  }
});

describe('waitBeforeRepeat', () => {
  const repeated: Record<string, Certainty[]> = {
    refused: ['refused', 'unsent'],
    transient: ['refused', 'unsent', 'unknown'],
    all: ['refused', 'unsent', 'unknown', 'final'],
  };
  for (const [on, certainties] of Object.entries(repeated)) {
    for (const certainty of [
      'refused',
      'unsent',
      'unknown',
      'final',
    ] as const) {
      const isRepeated = certainties.includes(certainty);
      it(`${isRepeated ? 'repeats' : 'does not repeat'} ${certainty} with '${on}'`, () => {
        const policy = readRetryPolicy(false, { on: on as 'all' });
        const wait = waitBeforeRepeat(policy, 1, { certainty }, NO_JITTER);
        expect(wait !== undefined).to.equal(isRepeated);
      });
    }
  }

  const waits = (retry: object, refusal: object, tries = 3) =>
    Array.from({ length: tries }, (_, index) =>
      waitBeforeRepeat(
        readRetryPolicy(false, { attempts: 4, ...retry }),
        index + 1,
        { certainty: 'refused', ...refusal },
        NO_JITTER,
      ),
    );

  it('doubles the wait', () => {
    expect(waits({}, {})).to.deep.equal([1000, 2000, 4000]);
  });

  it('halves it at most by jitter', () => {
    const policy = readRetryPolicy(false, undefined);
    expect(waitBeforeRepeat(policy, 1, { certainty: 'refused' }, 0)).to.equal(
      500,
    );
  });

  it('keeps a fixed wait', () => {
    const retry = { backoff: 'fixed', delay: 10 };
    expect(waits(retry, {})).to.deep.equal([10, 10, 10]);
  });

  it('waits 4^n seconds when one person got too many messages', () => {
    const refusal = { metaCode: 131056 };
    expect(waits({}, refusal)).to.deep.equal([4000, 16_000, 64_000]);
  });

  it('waits a minute while Meta moves the account', () => {
    expect(waits({}, { metaCode: 131057 }, 1)).to.deep.equal([60_000]);
  });

  it('lets the delay of the job win over the usual waits', () => {
    expect(waits({ delay: 1 }, { metaCode: 131056 }, 1)).to.deep.equal([1]);
  });

  it('never comes back before the server said', () => {
    expect(waits({ delay: 1 }, { retryAfter: 7 }, 1)).to.deep.equal([7000]);
  });

  it('gives up rather than wait longer than a run can', () => {
    expect(waits({}, { retryAfter: 600 }, 1)).to.deep.equal([undefined]);
    expect(waits({}, { metaCode: 134101 }, 1)).to.deep.equal([undefined]);
  });

  it('stops after the last try', () => {
    expect(waits({}, {}, 4)[3]).to.equal(undefined);
  });
});
