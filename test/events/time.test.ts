import { toIsoTime } from '../../src/events/change';
import { expect } from 'chai';
import { windowEnd } from '../../src/events/message';

describe('a time', () => {
  for (const [given, time] of [
    ['1767614400', '2026-01-05T12:00:00.000Z'],
    [1767614400, '2026-01-05T12:00:00.000Z'],
    [1767614400123, '2026-01-05T12:00:00.123Z'],
    ['1767614400123', '2026-01-05T12:00:00.123Z'],
    [' 1767614400.5 ', '2026-01-05T12:00:00.500Z'],
    [100000000000, '5138-11-16T09:46:40.000Z'],
    [253402300799999, '9999-12-31T23:59:59.999Z'],
    [100000000001, '1973-03-03T09:46:40.001Z'],
  ] as const)
    it(`is read: ${JSON.stringify(given)}`, () => {
      expect(toIsoTime(given)).to.equal(time);
    });

  for (const given of [
    undefined,
    null,
    '',
    '0',
    0,
    -1,
    '-5',
    'soon',
    '1e9',
    '0x10',
    NaN,
    Infinity,
    253402300800000,
    99999999999999999,
    {},
    [1767614400],
    true,
  ])
    it(`is left out: ${String(given)} (${typeof given})`, () => {
      expect(toIsoTime(given)).to.equal(undefined);
    });
});

describe('the window for an answer', () => {
  const sentAt = '2026-01-05T12:00:00.000Z';
  const windowExpiresAt = '2026-01-06T12:00:00.000Z';

  it('is open for 24 hours', () => {
    expect(windowEnd('text', sentAt)).to.equal(windowExpiresAt);
  });

  it('has no known end when the time is damaged, so that it can be stored', () => {
    expect(windowEnd('text', '9999-12-31T23:59:59.999Z')).to.equal(undefined);
  });

  it('has no known end without a time', () => {
    expect(windowEnd('text', undefined)).to.equal(undefined);
  });
});
