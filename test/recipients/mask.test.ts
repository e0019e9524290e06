import { expect } from 'chai';
import fc from 'fast-check';
import { phone } from '../../src/index';
import { propertyRuns } from '../stress';

describe('phone.mask', () => {
  const masks: [unknown, string][] = [
    ['+254 712 345 678', '+254***78'],
    ['254712345678', '254***78'],
    [254712345678, '254***78'],
    ['0712 345 678', '071***78'],
    ['+4917123', '+491***'],
    ['123456', '***'],
    ['US.13491208655302741918', 'US.***18'],
    ['KE.4b9Z', 'KE.***'],
    ['Amina 254712345678', '***'],
    ['', '***'],
    [undefined, '***'],
    [null, '***'],
    [{}, '***'],
    [Object.create(null), '***'],
  ];
  for (const [recipient, mask] of masks) {
    it(`shows ${JSON.stringify(recipient) ?? 'nothing'} as ${mask}`, () => {
      expect(phone.mask(recipient as string)).to.equal(mask);
    });
  }

  it('hides at least half of every number', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\+?[0-9]{1,15}$/), number => {
        const digits = (text: string) => text.replace(/\D/g, '').length;
        return digits(phone.mask(number)) <= digits(number) / 2;
      }),
      propertyRuns(),
    );
  });
});
