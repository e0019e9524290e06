import { retryAfterOf } from '../../src/graph/api-error';
import { expect } from 'chai';

const now = Date.UTC(2027, 0, 1);
const inTenSeconds = String(now / 1000 + 10);

const secondsOf = (headers: Record<string, string>, statusCode = 429) =>
  retryAfterOf({ headers, statusCode }, now);

describe('retryAfterOf', () => {
  it('reads seconds, and a date', () => {
    expect(secondsOf({ 'retry-after': '7' })).to.equal(7);
    expect(
      secondsOf({ 'retry-after': 'Fri, 01 Jan 2027 00:00:05 GMT' }),
    ).to.equal(5);
  });

  it('is no time that has passed', () => {
    expect(
      secondsOf({ 'retry-after': 'Thu, 31 Dec 2026 00:00:00 GMT' }),
    ).to.equal(0);
  });

  it('reads when the limit of Turn.io begins anew', () => {
    expect(secondsOf({ 'x-ratelimit-reset': inTenSeconds })).to.equal(10);
    expect(
      secondsOf({ 'retry-after': '3', 'x-ratelimit-reset': inTenSeconds }),
    ).to.equal(3);
  });

  it('does not take that for a wait when the limit was not reached', () => {
    expect(secondsOf({ 'x-ratelimit-reset': inTenSeconds }, 400)).to.equal(
      undefined,
    );
  });

  it('knows nothing from what cannot be read', () => {
    for (const headers of [
      {},
      { 'retry-after': 'soon' },
      { 'x-ratelimit-reset': 'soon' },
    ]) {
      expect(secondsOf(headers)).to.equal(undefined);
    }
  });
});
