import { createHmac } from 'node:crypto';
import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import { verify } from '../../src/events/verify';
import { throws } from '../rejects';

const SECRET = 'clinic-app-secret';
const sign = (body: string, secret = SECRET) =>
  createHmac('sha256', secret).update(body).digest('hex');

describe('verify, of values of a job', () => {
  const foreign = (code: string): unknown =>
    runInNewContext(code, { Buffer }) as unknown;

  for (const code of [
    '"Jambo"',
    'Buffer.from("Jambo")',
    'new Uint8Array([74, 97, 109, 98, 111])',
    'new Uint8Array([0, 74, 97, 109, 98, 111, 0]).subarray(1, 6)',
  ])
    it(`takes ${code} of another realm`, () => {
      const secrets = foreign(`["${SECRET}"]`);

      expect(verify(foreign(code), sign('Jambo'), secrets)).to.equal(true);
      expect(verify(foreign(code), sign('Hello'), secrets)).to.equal(false);
    });

  it('knows a parsed body of another realm', () => {
    throws(() => verify(foreign('({ entry: [] })'), sign('x'), SECRET), {
      code: 'INVALID_RAW_BODY',
    });
  });
});

describe('verify, of what cannot be verified', () => {
  for (const [body, what] of [
    [{ entry: [] }, 'an object'],
    [[], 'a list'],
    [undefined, 'missing'],
    [null, 'null'],
    [7, 'a number'],
  ] as const)
    it(`explains why the body cannot be ${what}`, () => {
      const { description, fix } = throws(
        () => verify(body, sign('x'), SECRET),
        { code: 'INVALID_RAW_BODY' },
      );

      expect(description).to.include(what);
      expect(fix).to.match(/already parsed cannot be verified.*bytes differ/);
    });

  for (const [secrets, what] of [
    [undefined, 'missing'],
    ['', 'empty'],
    ['  ', 'empty'],
    [[], 'an empty list'],
    [[SECRET, ''], 'empty'],
    [[SECRET, null], 'null'],
    [`${SECRET},other`, 'several'],
    [{ secret: SECRET }, 'an object'],
  ] as const)
    it(`refuses to check without a secret: ${JSON.stringify(secrets)}`, () => {
      const { message, description, fix } = throws(
        () => verify('x', sign('x', ' '), secrets),
        { code: 'INVALID_SECRET' },
      );

      expect(description).to.include(what);
      expect(fix).to.match(/app secret/);
      expect(message).to.not.include(SECRET);
    });
});
