import { hexOf, verifyChecksum, verifyPieces } from '../../src/media/checksum';
import type { Expected, VerifiedFile } from '../../src/media/checksum';
import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { rejects, throws } from '../rejects';

const pieces = ['one', 'two', 'three'].map(text => Buffer.from(text));
const bytes = Buffer.concat(pieces);
const hash = createHash('sha256').update(bytes).digest();
const sha256 = hash.toString('hex');

describe('a hash', () => {
  it('is read in hexadecimal digits and in base64', () => {
    const given = [
      sha256,
      sha256.toUpperCase(),
      hash.toString('base64'),
      hash.toString('base64url'),
    ];

    for (const text of given) expect(hexOf(text)).to.equal(sha256);
  });

  it('is unknown when it is of another form', () => {
    for (const text of [undefined, '', 'abc', 7])
      expect(hexOf(text)).to.equal(undefined);
  });
});

describe('the proof of a file', () => {
  it('tells its size and hash, and whether WhatsApp told the hash', () => {
    expect(verifyChecksum(bytes, { sha256, fileSize: 11 })).to.deep.equal({
      fileSize: 11,
      sha256,
      verified: true,
    });
    expect(verifyChecksum(bytes, {})).to.deep.equal({
      fileSize: 11,
      sha256,
      verified: false,
    });
  });

  it('refuses other bytes, and fewer or more of them', () => {
    const other = '0'.repeat(64);

    throws(() => verifyChecksum(bytes, { sha256: other }), {
      code: 'MEDIA_MISMATCH',
      retryable: true,
    });
    throws(() => verifyChecksum(bytes, { fileSize: 10 }), {
      code: 'MEDIA_MISMATCH',
    });
    throws(() => verifyChecksum(bytes, { fileSize: 12 }), {
      code: 'MEDIA_MISMATCH',
    });
  });
});

describe('a file that is proved on its way', () => {
  async function pass(expected: Expected, given = pieces) {
    const passed: string[] = [];
    let proof: VerifiedFile | undefined;
    const run = async () => {
      for await (const piece of verifyPieces(
        given,
        expected,
        found => (proof = found),
      )) {
        passed.push(String(piece));
      }
    };
    return { run, passed, proof: () => proof };
  }

  it('arrives whole, and is proved', async () => {
    const { run, passed, proof } = await pass({ sha256, fileSize: 11 });

    await run();

    expect(passed).to.deep.equal(['one', 'two', 'three']);
    expect(proof()).to.deep.equal({ fileSize: 11, sha256, verified: true });
  });

  it('lacks its end when it is not what it must be', async () => {
    const { run, passed, proof } = await pass({ sha256: '0'.repeat(64) });

    await rejects(run(), { code: 'MEDIA_MISMATCH' });

    expect(passed).to.deep.equal(['one', 'two']);
    expect(proof()).to.equal(undefined);
  });

  it('does not begin when it is one piece that is wrong', async () => {
    const { run, passed } = await pass({ fileSize: 5 }, [bytes]);

    await rejects(run(), { code: 'MEDIA_MISMATCH' });

    expect(passed).to.deep.equal([]);
  });

  it('stops when it goes on for too long', async () => {
    const { run, passed } = await pass({ fileSize: 4 });

    await rejects(run(), { code: 'MEDIA_MISMATCH' });

    expect(passed).to.deep.equal([]);
  });

  it('keeps its end back when an empty piece or one too many follows it', async () => {
    const nothing = Buffer.alloc(0);
    const wrong = { sha256: '0'.repeat(64) };
    const empty = await pass(wrong, [bytes, nothing]);
    const long = await pass({ fileSize: 11 }, [bytes, Buffer.from('!')]);

    await rejects(empty.run(), { code: 'MEDIA_MISMATCH' });
    await rejects(long.run(), { code: 'MEDIA_MISMATCH' });

    expect([...empty.passed, ...long.passed]).to.deep.equal([]);
  });

  it('may be empty', async () => {
    const { run, proof } = await pass({ fileSize: 0 }, []);

    await run();

    expect(proof()).to.include({ fileSize: 0 });
  });
});
