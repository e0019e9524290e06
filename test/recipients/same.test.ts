import { expect } from 'chai';
import fc from 'fast-check';
import { phone } from '../../src/index';
import { propertyRuns } from '../stress';

const USER = 'US.13491208655302741918';

describe('phone.sameRecipient', () => {
  const same: [string, string | number, string][] = [
    ['spaces and the plus', '+254 712-345 678', '254712345678'],
    ['a number and its text', 254712345678, '+254712345678'],
    ['00 for the plus', '00254712345678', '+254712345678'],
    ['a zero in brackets', '+44 (0)7911 123456', '447911123456'],
    ["Brazil's ninth digit", '+55 11 98765-4321', '551187654321'],
    ["Brazil's ninth digit before a 6", '5511961234567', '551161234567'],
    ["Mexico's 1", '+52 55 1234 5678', '5215512345678'],
    ["Argentina's 9", '+54 9 11 2345-6789', '541123456789'],
    ["Argentina's 15 after 11", '+54 11 15 2345-6789', '5491123456789'],
    ["Argentina's 15 after 291", '+54 291 15 412-3456', '5492914123456'],
    ['15 and no 9', '+54 291 15 412-3456', '542914123456'],
    ['an ID', USER, ` ${USER} `],
  ];
  for (const [what, a, b] of same) {
    it(`does not mind ${what}`, () => {
      expect(phone.sameRecipient(a as string, b)).to.equal(true);
      expect(phone.sameRecipient(b, a as string)).to.equal(true);
    });
  }

  const different: [string, unknown, unknown][] = [
    ['numbers', '+254712345678', '+254712345679'],
    // A mobile that begins with 95, and a landline.
    ["Brazil's landlines", '+55 11 95123-4567', '551151234567'],
    ["Brazil's landlines with a 2", '5511921234567', '551121234567'],
    ['a ninth digit elsewhere', '5611987654321', '561187654321'],
    ["Mexico's 1 elsewhere", '5315512345678', '535512345678'],
    ['IDs in another case', USER, 'US.13491208655302741918a'],
    ["an ID and its parent's", 'US.ENT.134912', 'US.134912'],
    ['an ID and its digits', USER, '13491208655302741918'],
    ['a number as dialed at home', '0712345678', '254712345678'],
    ['two numbers as dialed at home', '0712345678', '0712345678'],
    ['a negative number', -254712345678, 254712345678],
    ['words', 'Amina', 'Amina'],
    ['nothing', undefined, undefined],
    ['null', null, null],
    ['empty texts', '', ''],
    ['objects', {}, {}],
  ];
  for (const [what, a, b] of different) {
    it(`tells apart ${what}`, () => {
      expect(phone.sameRecipient(a as string, b as string)).to.equal(false);
      expect(phone.sameRecipient(b as string, a as string)).to.equal(false);
    });
  }

  it('says of any recipient that it is the same as itself', () => {
    const recipients = fc.oneof(
      fc.stringMatching(/^\+?[1-9][0-9]{6,14}$/),
      fc.stringMatching(/^[A-Z]{2}\.(ENT\.)?[0-9A-Za-z]{1,30}$/),
    );
    fc.assert(
      fc.property(recipients, recipient =>
        phone.sameRecipient(recipient, recipient),
      ),
      propertyRuns(),
    );
  });

  it('gives an answer whatever it is asked', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (a, b) => {
        expect(phone.sameRecipient(a as string, b as string)).to.be.a(
          'boolean',
        );
      }),
      propertyRuns(),
    );
  });
});
