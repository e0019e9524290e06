import { expect } from 'chai';
import { phone } from '../../src/index';
import { throws } from '../rejects';

const STRANGE =
  'The phone number is a number that is negative, has decimals, or is too large.';
const UNKNOWN =
  'The phone number has no +, and is not a valid number with country code.';

describe('phone.normalize', () => {
  const national: [string | number, string, string][] = [
    ['0712 345 678', 'KE', '+254712345678'],
    ['0712-345-678', 'ke', '+254712345678'],
    ['712345678', 'KE', '+254712345678'],
    [712345678, 'KE', '+254712345678'],
    ['254712345678', 'KE', '+254712345678'],
    ['000254712345678', 'KE', '+254712345678'],
    ['00254712345678', 'KE', '+254712345678'],
    ['(0803) 123 4567', ' NG ', '+2348031234567'],
    ['07070707 07', 'CI', '+2250707070707'],
    ['06 1234567', 'IT', '+39061234567'],
    ['8 (912) 345-67-89', 'RU', '+79123456789'],
    ['011 15 2345-6789', 'AR', '+5491123456789'],
    ['(11) 98765-4321', 'BR', '+5511987654321'],
    ['55 1234 5678', 'MX', '+525512345678'],
    ['5215512345678', 'MX', '+525512345678'],
    ['٠٧١٢ ٣٤٥ ٦٧٨', 'KE', '+254712345678'],
    ['۰۹۱۲ ۳۴۵ ۶۷۸۹', 'IR', '+989123456789'],
    ['０７１２３４５６７８', 'KE', '+254712345678'],
    ['+255 712 345 678', 'KE', '+255712345678'],
    // Both are also landlines of an area whose code is that of the country.
    ['4915123456789', 'DE', '+4915123456789'],
    ['62812345678', 'ID', '+62812345678'],
    ['04915123456', 'DE', '+494915123456'],
    ['38343201234', 'XK', '+38343201234'],
  ];
  for (const [number, country, normal] of national) {
    it(`reads ${number} in ${country}`, () => {
      expect(phone.normalize(number, country)).to.equal(normal);
    });
  }

  const international: [string | number, string][] = [
    ['+254 712 345 678', '+254712345678'],
    ['\u202a+254\u00a0712\u00a0345\u00a0678\u202c', '+254712345678'],
    ['＋254712345678', '+254712345678'],
    ['254712345678', '+254712345678'],
    [254712345678, '+254712345678'],
    ['00 254 712 345 678', '+254712345678'],
    ['+44 (0)20 7946 0958', '+442079460958'],
    ['+49/30/1234567', '+49301234567'],
    ['+1 555 0100 123', '+15550100123'],
    ['+5215512345678', '+525512345678'],
    ['+551187654321', '+551187654321'],
    ['551187654321', '+551187654321'],
    ['15550100123', '+15550100123'],
    ['254 (0) 712 345 678', '+254712345678'],
  ];
  for (const [number, normal] of international) {
    it(`reads ${number} without a country`, () => {
      expect(phone.normalize(number)).to.equal(normal);
    });
  }

  it('leaves what it has made as it is', () => {
    for (const [, country, normal] of national) {
      expect(phone.normalize(normal)).to.equal(normal);
      expect(phone.normalize(normal, country)).to.equal(normal);
    }
  });

  const refused: [unknown, unknown, string][] = [
    [undefined, 'KE', 'The phone number is missing.'],
    [null, undefined, 'The phone number is null.'],
    [' ', 'KE', 'The phone number is empty.'],
    [{}, 'KE', 'The phone number is an object.'],
    [2 ** 60, 'KE', STRANGE],
    [-712345678, 'KE', STRANGE],
    ['-712345678', 'KE', STRANGE],
    ['712345678.5', 'KE', STRANGE],
    ['254712345678.5', undefined, STRANGE],
    [712345678, undefined, UNKNOWN],
    ['2025550123', undefined, UNKNOWN],
    ['1000000000', undefined, UNKNOWN],
    [
      '+-254712345678',
      undefined,
      'The phone number has characters that no phone number has.',
    ],
    ['Amina', 'KE', 'The phone number has letters in it.'],
    ['0712345678 ext 5', 'KE', 'The phone number has letters in it.'],
    [
      '+254 (0)0712 345 678',
      undefined,
      'The phone number has more or fewer digits than numbers of its country.',
    ],
    [
      '0712345678#5',
      'KE',
      'The phone number has characters that no phone number has.',
    ],
    [
      '0712345678+',
      'KE',
      'The phone number has characters that no phone number has.',
    ],
    [
      '0712345678',
      undefined,
      'The phone number begins with 0, so it has no country code.',
    ],
    ['0712 345 67', 'KE', 'The phone number is not one of Kenya.'],
    ['0312 345 678', 'KE', 'The phone number is not one of Kenya.'],
    ['255712345678', 'KE', 'The phone number is not one of Kenya.'],
    [
      '+25471234567890',
      'KE',
      'The phone number has more or fewer digits than numbers of its country.',
    ],
    ['99912345678', undefined, UNKNOWN],
    [
      '+99912345678',
      undefined,
      'The phone number has a country code that does not exist, or too few digits.',
    ],
    [
      '+1',
      undefined,
      'The phone number has a country code that does not exist, or too few digits.',
    ],
  ];
  for (const [number, country, description] of refused) {
    it(`refuses ${JSON.stringify(number) ?? 'nothing'} in ${String(country)}`, () => {
      const error = throws(
        () => phone.normalize(number as string, country as string),
        { code: 'INVALID_PHONE_NUMBER', sent: 'no', description },
      );

      expect(error.fix).to.match(/^[A-Z].*\.$/);
    });
  }

  for (const country of ['XX', 'KEN', 'Kenya', '+254', '', 254, {}]) {
    it(`refuses the country ${JSON.stringify(country)}`, () => {
      throws(() => phone.normalize('0712345678', country as string), {
        code: 'INVALID_COUNTRY',
      });
    });
  }

  it('knows what is meant by UK', () => {
    expect(throws(() => phone.normalize('07911 123456', 'UK')).fix).to.equal(
      "Write it as 'GB'.",
    );
  });

  it('never quotes the number', () => {
    for (const [number, country] of refused) {
      const { message } = throws(() =>
        phone.normalize(number as string, country as string),
      );
      expect(message.replace('+254 712 345 678', '')).not.to.match(/\d{3}/);
    }
  });
});
