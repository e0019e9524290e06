import { usageOf } from '../../src/broadcast/paced-runtime';
import { expect } from 'chai';

describe('usageOf', () => {
  const cases: [string, Record<string, string>, number | undefined][] = [
    ['nothing', {}, undefined],
    [
      'an account',
      {
        'x-business-use-case-usage':
          '{"17":[{"call_count":28,"total_cputime":3,"total_time":90,"type":"x","estimated_time_to_regain_access":500}]}',
      },
      90,
    ],
    ['an app', { 'x-app-usage': '{"call_count":97,"total_time":5}' }, 97],
    [
      'both',
      {
        'x-app-usage': '{"call_count":10}',
        'x-business-use-case-usage': '{"17":[{"call_count":100}]}',
      },
      100,
    ],
    ['what cannot be read', { 'x-app-usage': 'oops' }, undefined],
    [
      'what has no counts',
      { 'x-app-usage': '{"a":[{"b":5}],"c":7}' },
      undefined,
    ],
  ];
  for (const [name, headers, percent] of cases) {
    it(`finds ${percent} in the usage of ${name}`, () => {
      expect(usageOf(headers)).to.equal(percent);
    });
  }
});
