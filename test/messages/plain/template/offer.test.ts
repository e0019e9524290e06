import { expect } from 'chai';
import {
  PRIVATE,
  componentsOf,
  refuses,
  refusesOptions,
  templateOf,
} from './plain';

const limitedTimeOffer = 1809648000000;
const type = 'limited_time_offer';
const offer = {
  type,
  parameters: [{ type, [type]: { expiration_time_ms: limitedTimeOffer } }],
};

describe('the limited-time offer of a template', () => {
  it('ends at a moment in milliseconds', () => {
    expect(componentsOf(null, { limitedTimeOffer })).to.deep.equal([offer]);
  });

  it("may be Meta's object", () => {
    expect(
      componentsOf(null, {
        limitedTimeOffer: { expiration_time_ms: limitedTimeOffer },
      }),
    ).to.deep.equal([offer]);
  });

  it('is left out when there is none', () => {
    expect(componentsOf(null, { limitedTimeOffer: null })).to.equal(undefined);
  });

  it('leaves less room for the body', () => {
    const fits = componentsOf(['x'.repeat(600)], { limitedTimeOffer });

    expect(fits).to.have.lengthOf(2);
    refuses(
      () => templateOf([PRIVATE, 'x'.repeat(599)], { limitedTimeOffer }),
      'The template has a limited-time offer, and a body of more than 600 characters.',
      'Shorten the values.',
    );
    refuses(
      () => templateOf(['x'.repeat(601)], { components: [offer] }),
      'The template has a limited-time offer, and a body of more than 600 characters.',
    );
  });

  it('is refused when its end is no number', () => {
    const ends: [unknown, string][] = [
      ['2027-05-03', 'an end that is text'],
      [{}, 'no end'],
      [new Date(), 'an end that is a Date'],
      [{ expiration_time_ms: null }, 'an end that is null'],
      [NaN, 'an end that is no date'],
      [true, 'an end that is a boolean'],
    ];
    for (const [end, what] of ends) {
      refusesOptions(
        { limitedTimeOffer: end },
        `limitedTimeOffer has ${what}, not a number of milliseconds.`,
        /getTime\(\)/,
      );
    }
    refusesOptions(
      { limitedTimeOffer: 1.5 },
      'limitedTimeOffer.expiration_time_ms is not a whole number of at least 1.',
    );
  });

  it('is refused when it has a field too many', () => {
    refusesOptions(
      { limitedTimeOffer: { expiration_time_ms: 1, text: PRIVATE } },
      "limitedTimeOffer has a field 'text' that is not known there.",
    );
  });
});
