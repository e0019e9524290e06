import { expect } from 'chai';
import { readRecipient } from '../../src/messages/recipient';
import { throws } from '../rejects';

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
      [2 ** 60, 'The recipient is a number.'],
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
