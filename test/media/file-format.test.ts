import { OPUS } from '../../src/media/media-types';
import { checkFormat } from '../../src/media/file-type';
import { isAnimated } from '../../src/media/media-types';
import { expect } from 'chai';
import { throws } from '../rejects';
import * as files from './files';

describe('a file of a type that Meta takes', () => {
  it('is refused as a JPEG in the colors of print', () => {
    const error = throws(
      () => checkFormat('image/jpeg', files.jpeg(4), false),
      {
        code: 'MEDIA_UNSUPPORTED',
      },
    );

    expect(error.fix).to.contain('RGB');
    throws(() => checkFormat('image/jpeg', files.jpeg(4, 60_000), false));
  });

  it('passes as a JPEG in RGB, in gray, or cut before it tells', () => {
    checkFormat('image/jpeg', files.jpeg(3), false);
    checkFormat('image/jpeg', files.jpeg(1), false);
    for (let length = 0; length < 34; length++) {
      checkFormat('image/jpeg', files.jpeg(4).subarray(0, length), false);
    }
  });

  it('is refused as a PNG of 16 bits', () => {
    throws(() => checkFormat('image/png', files.png(16), false), {
      code: 'MEDIA_UNSUPPORTED',
    });
    checkFormat('image/png', files.png(8), false);
  });

  it('is a voice message only as Ogg with Opus', () => {
    checkFormat(OPUS, files.ogg(1), true);
    const other = throws(() => checkFormat('audio/mpeg', files.mp3(), true), {
      code: 'MEDIA_UNSUPPORTED',
    });

    expect(other.fix).to.contain('libopus');
    checkFormat('audio/mpeg', files.mp3(), false);
  });

  for (const isVoice of [true, false]) {
    it(`is Opus only in mono${isVoice ? ', also for a voice message' : ''}`, () => {
      checkFormat(OPUS, files.ogg(1), isVoice);
      const stereo = throws(() => checkFormat(OPUS, files.ogg(2), isVoice), {
        code: 'MEDIA_UNSUPPORTED',
      });

      expect(stereo.description).to.contain('stereo');
      expect(stereo.fix).to.contain('-ac 1');
    });
  }
});

describe('a sticker', () => {
  it('is animated when it says so', () => {
    expect(isAnimated(files.webp({ isAnimated: true }))).to.equal(true);
    expect(isAnimated(files.webp())).to.equal(false);
    expect(isAnimated(Buffer.from('RIFF'))).to.equal(false);
  });
});
