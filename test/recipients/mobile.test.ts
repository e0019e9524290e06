import { expect } from 'chai';
import fc from 'fast-check';
import metadata from 'libphonenumber-js/max/metadata';
import examples from 'libphonenumber-js/mobile/examples';
import { isMobile, parse } from '../../src/recipients/parser';

describe('isMobile', () => {
  const codes = Object.keys(metadata.country_calling_codes);

  /** What `parse` would say of the same digits. */
  const agree = (digits: string) => {
    if (!isMobile(digits)) return false;
    const found = parse(`+${digits}`);
    expect(found?.number, digits).to.equal(`+${digits}`);
    expect(found?.isAssigned, digits).to.equal(true);
    return true;
  };

  it('knows the mobiles of most countries', () => {
    const numbers = Object.entries(examples).map(
      ([country, number]) =>
        `${String(metadata.countries[country as 'KE']![0])}${number}`,
    );

    expect(numbers.filter(agree).length).to.be.above(numbers.length / 2);
    expect(agree('254712345678')).to.equal(true);
    expect(agree('14155552671')).to.equal(true);
  });

  it('says of no digits what the tables do not say', () => {
    const digits = fc
      .tuple(fc.constantFrom(...codes), fc.stringMatching(/^\d{4,12}$/))
      .map(parts => parts.join(''));

    fc.assert(
      fc.property(digits, given => void agree(given)),
      { numRuns: 5000 },
    );
  });

  it('agrees with the tables on numbers that differ from an example in a few digits', () => {
    const near = fc
      .tuple(
        fc.constantFrom(...Object.entries(examples)),
        fc.stringMatching(/^\d{0,6}$/),
      )
      .map(([[country, number], end]) => {
        const code = String(metadata.countries[country as 'KE']![0]);
        return code + number.slice(0, number.length - end.length) + end;
      });

    fc.assert(
      fc.property(near, given => void agree(given)),
      { numRuns: 5000 },
    );
  });
});
