import { baseOf, correctFilename, OPUS } from '../../src/media/media-types';
import { expect } from 'chai';

describe('the name of a file', () => {
  mends('keeps an extension that fits', 'image/jpeg', {
    'a.jpg': 'a.jpg',
    'a.JPEG': 'a.JPEG',
  });

  mends('replaces one that tells another type', OPUS, {
    'voice.mp4': 'voice.ogg',
    'voice.opus': 'voice.ogg',
    'Dr. Amina.wav': 'Dr. Amina.ogg',
  });

  mends('keeps what only looks like an extension', 'application/pdf', {
    'report 2027.05': 'report 2027.05.pdf',
    'Dr. Amina': 'Dr. Amina.pdf',
    invoice: 'invoice.pdf',
    'v1.2': 'v1.2.pdf',
    '.pdf': '.pdf.pdf',
  });

  mends('makes one up when there is none', 'image/png', {
    '': 'image.png',
    '/': 'image.png',
  });

  it('is no longer than a file system takes, and keeps its extension', () => {
    for (const letter of ['a', 'ä', 'አ', '😀', ' ']) {
      const name = `b${letter.repeat(100_000)}b.jpeg`;

      for (const short of [baseOf(name), correctFilename(name, 'image/jpeg')]) {
        expect(Buffer.byteLength(short)).to.be.within(200, 240);
        expect(short).to.match(/^b.*\.jpeg$/s);
        expect(short).not.to.match(/\ufffd|[\ud800-\udbff]$/);
      }
    }
    expect(baseOf('a.'.repeat(100_000)).length).to.be.at.most(240);
    expect(baseOf(`a.${'b'.repeat(100_000)}`).length).to.be.at.most(240);
  });

  it('is the last part of a path, on one line', () => {
    expect(baseOf('C:\\Users\\me\\a.pdf')).to.equal('a.pdf');
    expect(baseOf('../../etc/a\r\nb.pdf')).to.equal('ab.pdf');
    expect(correctFilename(undefined, 'application/pdf')).to.equal(
      'document.pdf',
    );
  });
});

function mends(what: string, type: string, names: Record<string, string>) {
  it(what, () => {
    for (const [given, mended] of Object.entries(names)) {
      expect(correctFilename(given, type)).to.equal(mended);
    }
  });
}
