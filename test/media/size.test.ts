import {
  inDifferentWords,
  inWords,
  limited,
  maxSizeFor,
} from '../../src/media/media-types';
import { contentOfBytes, contentOfPieces } from '../../src/graph/content';
import { expect } from 'chai';
import { rejects, throws } from '../rejects';
import * as files from './files';

const drain = async (content: ReturnType<typeof limited>) => {
  let size = 0;
  for await (const piece of content.pieces()) size += piece.length;
  return size;
};

describe('the size of a file', () => {
  it('has the limit of its kind', () => {
    expect(maxSizeFor('image/jpeg', files.jpeg())).to.equal(5 * 1024 ** 2);
    expect(maxSizeFor('image/webp', files.webp())).to.equal(100 * 1024);
    expect(maxSizeFor('image/webp', files.webp({ isAnimated: true }))).to.equal(
      500 * 1024,
    );
  });

  it('is checked before, when it is known', () => {
    const error = throws(() => limited(contentOfBytes(Buffer.alloc(11)), 10), {
      code: 'MEDIA_TOO_LARGE',
    });

    expect(error.description).to.contain('11 bytes').and.contain('10 bytes');
    limited(contentOfBytes(Buffer.alloc(10)), 10);
  });

  it('is counted while it is sent, when it is not known', async () => {
    const pieces = () => [Buffer.alloc(6), Buffer.alloc(5)];

    expect(await drain(limited(contentOfPieces(pieces()), 11))).to.equal(11);
    await rejects(drain(limited(contentOfPieces(pieces()), 10)), {
      code: 'MEDIA_TOO_LARGE',
      sent: 'no',
    });
  });

  it('is told in words', () => {
    expect([1, 1024, 500 * 1024, 7.34 * 1024 ** 2].map(inWords)).to.deep.equal([
      '1 bytes',
      '1 KB',
      '500 KB',
      '7.3 MB',
    ]);
  });

  it('is told in bytes beside another that has the same words', () => {
    const MB = 1024 ** 2;

    expect(inDifferentWords(5 * MB, 6 * MB)).to.deep.equal(['5 MB', '6 MB']);
    expect(inDifferentWords(5 * MB, 5 * MB + 1)).to.deep.equal([
      '5242880 bytes',
      '5242881 bytes',
    ]);
  });
});
