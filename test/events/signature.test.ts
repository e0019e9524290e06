import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import { verify } from '../../src/events/verify';
import { propertyRuns } from '../stress';

import fc from 'fast-check';

const SECRET = 'clinic-app-secret';
const sign = (body: string | Uint8Array, secret = SECRET) =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

// RFC 4231, test case 2.
const RFC = {
  secret: 'Jefe',
  body: 'what do ya want for nothing?',
  hex: '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
};

describe('verify', () => {
  it('agrees with a published vector', () => {
    expect(verify(RFC.body, `sha256=${RFC.hex}`, RFC.secret)).to.equal(true);
  });

  for (const [how, signature] of [
    ['without the prefix', RFC.hex],
    ['in capital letters', `SHA256=${RFC.hex.toUpperCase()}`],
    ['with spaces around it', ` sha256=${RFC.hex}\n`],
  ] as const)
    it(`takes a signature ${how}`, () => {
      expect(verify(RFC.body, signature, RFC.secret)).to.equal(true);
    });

  for (const [how, signature] of [
    ['of other bytes', sign('something else', RFC.secret)],
    ['with another secret', sign(RFC.body)],
    ['with a wrong digit', `sha256=${RFC.hex.slice(0, -1)}4`],
    ['too short', `sha256=${RFC.hex.slice(2)}`],
    ['too long', `sha256=${RFC.hex}00`],
    ['that is no hex', `sha256=${'z'.repeat(64)}`],
    ['of another kind', `sha1=${RFC.hex.slice(0, 40)}`],
    ['with nothing in it', ''],
    ['with a prefix only', 'sha256='],
    ['that is missing', undefined],
    ['that is null', null],
    ['that is a list', [`sha256=${RFC.hex}`]],
  ] as const)
    it(`refuses a signature ${how}`, () => {
      expect(verify(RFC.body, signature, RFC.secret)).to.equal(false);
    });

  it('accepts the true signature of any bytes, and no other', () => {
    const bytes = fc.uint8Array({ maxLength: 200 });

    fc.assert(
      fc.property(bytes, bytes, (body, other) => {
        fc.pre(!Buffer.from(body).equals(Buffer.from(other)));

        expect(verify(Buffer.from(body), sign(body), SECRET)).to.equal(true);
        expect(verify(Buffer.from(body), sign(other), SECRET)).to.equal(false);
      }),
      propertyRuns(),
    );
  });

  it('looks at the bytes, not at what they mean', () => {
    const body = '{"a":1}';

    expect(verify('{ "a": 1 }', sign(body), SECRET)).to.equal(false);
    expect(verify(`${body}\n`, sign(body), SECRET)).to.equal(false);
  });

  it('takes any of several secrets, so that one can be changed', () => {
    const secrets = ['the-new-secret', SECRET];

    expect(verify('x', sign('x'), secrets)).to.equal(true);
    expect(verify('x', sign('x', 'the-new-secret'), secrets)).to.equal(true);
    expect(verify('x', sign('x', 'a-third'), secrets)).to.equal(false);
  });

  it('forgives spaces around a secret', () => {
    expect(verify('x', sign('x'), ` ${SECRET}\n`)).to.equal(true);
  });

  it('leaves a list of secrets as it is', () => {
    const secrets = Object.freeze([SECRET]);

    expect(verify('x', sign('x'), secrets)).to.equal(true);
  });
});

describe('verify, of letters beyond ASCII', () => {
  const raw = '{"text":"Zoë 😀"}';
  // Both signatures were made with another program, of these bytes: the
  // first of {"text":"Zo\u00eb \ud83d\ude00"}, as Meta writes it.
  const escaped =
    'sha256=607dba7ac4ef98446f6f07ddcacbf8f56e1ea37fd6c59d07e2ee3a6be1817c38';
  const plain =
    'sha256=a7dcbfc83cbbb1d2a12e73a2acd34e6fa317e83eccbae815df369ea27c21c381';

  it('takes the bytes as they came', () => {
    const body = '{"text":"Zo\\u00eb \\ud83d\\ude00"}';

    expect(verify(body, escaped, SECRET)).to.equal(true);
    expect(verify(raw, plain, SECRET)).to.equal(true);
  });

  it('takes bytes that a server on the way has unescaped', () => {
    expect(verify(raw, escaped, SECRET)).to.equal(true);
    expect(verify(Buffer.from(raw), escaped, SECRET)).to.equal(true);
  });

  it('does not escape in any other way', () => {
    const capitals = sign('{"text":"Zo\\u00EB \\uD83D\\uDE00"}');

    expect(verify(raw, capitals, SECRET)).to.equal(false);
  });
});
