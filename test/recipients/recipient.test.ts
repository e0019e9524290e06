import { expect } from 'chai';
import { getCountryCallingCode } from 'libphonenumber-js';
import type { CountryCode } from 'libphonenumber-js';
import mobiles from 'libphonenumber-js/mobile/examples';
import { readRecipient } from '../../src/recipients/recipient';
import { throws } from '../rejects';

const STRANGE =
  'The recipient is a number that is negative, has decimals, or is too large.';
const UNKNOWN =
  'The recipient has no +, and is not a valid number with country code.';

const refused = (to: unknown) =>
  throws(() => readRecipient(to, {}), { code: 'INVALID_RECIPIENT' });

describe('readRecipient', () => {
  it('takes a number as people write it', () => {
    for (const to of [
      '+254 700 000 001',
      '254700000001',
      '+1 (650) 555-1234',
    ]) {
      expect(readRecipient(to, { recipientType: 'individual' })).to.deep.equal({
        to,
      });
    }
    expect(readRecipient(' 254700000001\n', {})).to.deep.equal({
      to: '254700000001',
    });
    expect(readRecipient(254700000001, {})).to.deep.equal({
      to: '254700000001',
    });
  });

  it('takes the dots away, which WhatsApp does not name as allowed', () => {
    expect(readRecipient('+225 07.00.00.00.01', {})).to.deep.equal({
      to: '+225 0700000001',
    });
  });

  it('knows a business-scoped user ID, also of a parent', () => {
    for (const recipient of ['US.13491208655302741918', 'KE.ENT.4b9Z']) {
      expect(readRecipient(recipient, {})).to.deep.equal({ recipient });
    }
  });

  it('takes the ID of a group as it is', () => {
    expect(readRecipient('Z3JvdXA=', { recipientType: 'group' })).to.deep.equal(
      {
        to: 'Z3JvdXA=',
      },
    );
  });

  it('says what is wrong with a number without quoting it', () => {
    for (const [to, description] of [
      [undefined, 'The recipient is missing.'],
      [null, 'The recipient is null.'],
      ['  ', 'The recipient is empty.'],
      [{}, 'The recipient is an object.'],
      [2 ** 60, STRANGE],
      ['Amina', 'The recipient has letters in it.'],
      [
        '$.data.phone',
        'The recipient is a path of state between quotes: take them away.',
      ],
      [
        '2.54712E+11',
        'The recipient was shortened by a spreadsheet, which lost digits: make its column text.',
      ],
      [
        '254700000001.0',
        'The recipient ends with .0, as spreadsheets write numbers.',
      ],
      ['\u202a+254700000001', 'The recipient has invisible characters in it.'],
      [
        '+254/700000001',
        'The recipient has characters that no phone number has.',
      ],
      ['0700000001', 'The recipient begins with 0, so it has no country code.'],
      [
        '00254700000001',
        'The recipient begins with 0, so it has no country code.',
      ],
      ['123456', 'The recipient has 6 digits; a phone number has 7 to 15.'],
      [
        '1234567890123456',
        'The recipient has 16 digits; a phone number has 7 to 15.',
      ],
    ] as const) {
      expect(refused(to).description).to.equal(description);
    }
    expect(refused('00254700000001').fix).to.contain(
      'Put + in the place of the first two zeros',
    );
  });

  it('refuses digits without + that are no number of any country', () => {
    for (const to of [
      712345678,
      '712345678',
      '712 345 678',
      '7123456789',
      // As dialed in the United States; with + it would begin like a number of Egypt.
      '2025550123',
      // As dialed in Zambia; with + it would begin like a number of Myanmar.
      '955123456',
      1e9,
      7.1e8,
    ]) {
      const { description, fix } = refused(to);

      expect(description).to.equal(UNKNOWN);
      expect(fix).to.contain('Put + and the country code in front');
      expect(fix).to.contain('the option defaultCountry');
    }
  });

  it('takes digits without + that are a number of some country, as given', () => {
    for (const to of [
      '254712345678',
      '442079460958',
      '8801712345678',
      '201001234567',
      '2250700000001',
      '16505551234',
      // Numbers that Meta gives for tests.
      '15550100123',
      '15551234567',
      // Mobiles with and without what WhatsApp adds or leaves out.
      '5511987654321',
      '551187654321',
      '525512345678',
      '5215512345678',
      '541123456789',
      '5491123456789',
    ]) {
      expect(readRecipient(to, {})).to.deep.equal({ to });
      expect(readRecipient(Number(to), {})).to.deep.equal({ to });
    }
  });

  it('takes a mobile of every country, with its calling code and no +', () => {
    for (const [country, national] of Object.entries(mobiles)) {
      const calling = getCountryCallingCode(country as CountryCode);
      const to = `${calling}${national}`;

      expect(readRecipient(to, {}), country).to.deep.equal({ to });
    }
  });

  it('never sends a zero that is dialed at home only', () => {
    for (const to of [
      '+254 (0) 712 345 678',
      '+254(0)712345678',
      '+254 0712 345 678',
      '254 (0) 712 345 678',
      '2540712345678',
    ]) {
      for (const options of [{}, { defaultCountry: 'KE' }]) {
        expect(readRecipient(to, options)).to.deep.equal({
          to: '+254712345678',
        });
      }
    }
    expect(readRecipient('+44 (0)20 7946 0958', {})).to.deep.equal({
      to: '+442079460958',
    });
  });

  it('keeps a zero that belongs to the number', () => {
    expect(readRecipient('+39 06 1234567', {})).to.deep.equal({
      to: '+39 06 1234567',
    });
    expect(readRecipient('+39 (0)6 1234567', {})).to.deep.equal({
      to: '+39061234567',
    });
    // Of a country code that no table has, nobody can tell.
    expect(readRecipient('+210 0123456', {})).to.deep.equal({
      to: '+210 0123456',
    });
  });

  it('refuses a zero in brackets where no number makes sense of it', () => {
    for (const to of [
      '+1 (0) 650 555 1234',
      '+210 (0)123456',
      '+1 (00) 650 555 1234',
      '+254 (00) 712 345 678',
      '+254 (0)(0) 712 345 678',
      '+254 (0)0712 345 678',
      '+254 00712 345 678',
      // A landline with the zero, a mobile without it.
      '+39 (0) 312 345 6789',
    ]) {
      expect(refused(to).fix).to.contain('Leave the zero out');
    }
    expect(refused('(0)712345678').fix).to.contain('the option defaultCountry');
  });

  it('refuses what was calculated', () => {
    for (const to of [
      -254712345678,
      '-254712345678',
      254712345678.5,
      '254712345678.5',
      '+254712345678.5',
      NaN,
      Infinity,
    ]) {
      expect(refused(to).description).to.equal(STRANGE);
    }
    for (const to of ['1e9', '7.1e8', '2.54712345678e+11']) {
      expect(refused(to).description).to.contain('by a spreadsheet');
    }
    expect(refused('+-254712345678').code).to.equal('INVALID_RECIPIENT');
  });

  describe('with a defaultCountry', () => {
    const inKenya = { defaultCountry: 'KE' };

    it('reads a number without + as it is dialed there', () => {
      for (const to of [
        '0712 345 678',
        '712345678',
        712345678,
        '254712345678',
      ]) {
        expect(readRecipient(to, inKenya)).to.deep.equal({
          to: '+254712345678',
        });
      }
    });

    it('leaves a number with + as it is, even one that nobody knows', () => {
      for (const to of ['+255 712 345 678', '+254 312 345 678']) {
        expect(readRecipient(to, inKenya)).to.deep.equal({ to });
      }
    });

    it('takes out what stands unseen in a number with +', () => {
      expect(readRecipient('\u202a+254712345678', inKenya)).to.deep.equal({
        to: '+254712345678',
      });
    });

    it('leaves user IDs and groups as they are', () => {
      expect(readRecipient('KE.4b9Z', inKenya)).to.deep.equal({
        recipient: 'KE.4b9Z',
      });
      expect(
        readRecipient('0712345678', { ...inKenya, recipientType: 'group' }),
      ).to.deep.equal({ to: '0712345678' });
    });

    it('refuses what was calculated', () => {
      for (const to of [-712345678, '-712345678', 712345678.5, '712345678.5']) {
        throws(() => readRecipient(to, inKenya), {
          code: 'INVALID_RECIPIENT',
          description: STRANGE,
        });
      }
    });

    it('refuses what is no number there', () => {
      for (const to of ['0312 345 678', '255712345678', '0712']) {
        throws(() => readRecipient(to, inKenya), {
          code: 'INVALID_RECIPIENT',
          description: 'The recipient is not one of Kenya.',
        });
      }
      throws(() => readRecipient('0712345678', { defaultCountry: 'XX' }), {
        code: 'INVALID_COUNTRY',
      });
    });
  });
});
