import { expect } from 'chai';
import { intervalsOf, quantile } from '../../src/console/intervals';
import type { Sample } from '../../src/console/intervals';
import { BUCKETS } from '../../src/core/metrics';

const NOW = Date.parse('2026-11-20T08:10:30Z');

const sample = (at: string, more: Partial<Sample> = {}): Sample => ({
  ...{ at: new Date(at), events: {}, forwards: {}, webhook: [], forward: [] },
  ...more,
});

describe('the intervals of the charts', () => {
  it('add up what all gateways counted', () => {
    const { intervals, ...sums } = intervalsOf(
      [
        sample('2026-11-20T07:11:00Z', { events: { messages: 1 } }),
        sample('2026-11-20T08:10:01Z', {
          ...{ events: { messages: 2, calls: 1 } },
          forwards: { delivered: 4, HTTP_404: 2, TIMEOUT: 1 },
        }),
        // Its clock is a little fast.
        sample('2026-11-20T08:11:05Z', { events: { messages: 5 } }),
      ],
      'hour',
      NOW,
    );

    expect(intervals).to.have.length(60);
    expect(intervals[0]).to.include({
      at: '2026-11-20T07:11:00.000Z',
      events: 1,
    });
    expect(intervals.at(-1)).to.include({
      ...{ at: '2026-11-20T08:10:00.000Z', events: 8 },
      ...{ delivered: 4, failed: 3 },
    });
    const events = { messages: 8, calls: 1 };
    expect(sums).to.deep.equal({ events, delivered: 4, failed: 3 });
  });

  it('leave out what is too old', () => {
    const old = sample('2026-11-20T07:10:59Z', { events: { messages: 1 } });

    expect(intervalsOf([old], 'hour', NOW).events).to.deep.equal({});
  });

  it('have no latency when nothing was measured', () => {
    const { intervals } = intervalsOf([], 'week', NOW);

    expect(intervals).to.have.length(84);
    expect(intervals[0]).to.not.have.property('webhookP50');
  });

  it('estimate latencies within their bucket', () => {
    const counts = BUCKETS.map(end => (end < 0.1 ? 0 : 100)).concat(100);

    expect(quantile(counts, 0.5)).to.be.closeTo(0.075, 1e-9);
    const slow = BUCKETS.map(() => 0).concat(3);
    expect(quantile(slow, 0.95)).to.equal(BUCKETS.at(-1));
    expect(quantile([], 0.5)).to.equal(undefined);
  });
});
