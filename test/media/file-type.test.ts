import { KINDS, TYPES } from '../../src/media/media-types';
import type { Kind } from '../../src/media/media-types';
import { typeOf } from '../../src/media/file-type';
import type { Said } from '../../src/media/file-type';
import { expect } from 'chai';
import { rejects } from '../rejects';
import * as files from './files';

const OFFICE = 'application/vnd.openxmlformats-officedocument';
const unknown = Buffer.from([1, 2, 3, 0, 0, 0, 9, 9, 9]);
const pictures: Record<string, Buffer> = {
  'image/jpeg': files.jpeg(),
  'image/png': files.png(),
  'image/webp': files.webp(),
};

describe('the type of a file', () => {
  tells('what the bytes say', [
    [files.jpeg(), 'image/jpeg'],
    [files.png(), 'image/png'],
    [files.webp(), 'image/webp'],
    [files.ogg(), 'audio/ogg; codecs=opus'],
    [files.mp3(), 'audio/mpeg'],
    [files.aac(), 'audio/aac'],
    [files.amr(), 'audio/amr'],
    [files.ftyp('M4A '), 'audio/mp4'],
    [files.ftyp('isom'), 'video/mp4'],
    [files.ftyp('M4V '), 'video/mp4'],
    [files.ftyp('3gp5'), 'video/3gpp'],
    [files.pdf(), 'application/pdf'],
    [
      files.office('wordprocessingml.document'),
      `${OFFICE}.wordprocessingml.document`,
    ],
    [files.office('spreadsheetml.sheet'), `${OFFICE}.spreadsheetml.sheet`],
    [
      files.office('presentationml.presentation'),
      `${OFFICE}.presentationml.presentation`,
    ],
    [Buffer.from('Take it twice a day.\n'), 'text/plain'],
    [Buffer.from('Dawa mara mbili – kila siku'), 'text/plain'],
  ]);

  tells('what the bytes say, whatever else is said', [
    [files.jpeg(), 'image/jpeg', { type: 'image/png', filename: 'a.gif' }],
    [files.ogg(), 'audio/ogg; codecs=opus', { type: 'audio/opus' }],
    [files.ogg(), 'audio/ogg; codecs=opus', { filename: 'voice.mp4' }],
    [files.pdf(), 'application/pdf', { type: 'application/octet-stream' }],
    [files.pdf(), 'application/pdf', { filename: 'notes.txt' }],
  ]);

  tells('what is said, where the bytes do not tell', [
    [unknown, 'audio/mpeg', { type: 'audio/mp3' }],
    [unknown, 'audio/mpeg', { type: 'Audio/MPEG; rate=44100' }],
    [unknown, 'audio/ogg; codecs=opus', { type: 'audio/ogg' }],
    [unknown, 'application/pdf', { filename: 'A.PDF' }],
    [unknown, 'audio/mpeg', { type: 'binary/octet-stream', filename: 'a.mp3' }],
    [files.oldOffice(), 'application/vnd.ms-excel', { filename: 'list.xls' }],
    [
      files.oldOffice(),
      `${OFFICE}.spreadsheetml.sheet`,
      { filename: 'locked.xlsx' },
    ],
    [
      files.zip('word/document.xml', 'x'),
      `${OFFICE}.wordprocessingml.document`,
      { filename: 'letter.docx' },
    ],
    [
      Buffer.from('BM, the first words'),
      'text/plain',
      { filename: 'notes.txt' },
    ],
    [
      Buffer.from('<?xml version="1.0"?><a/>'),
      'text/plain',
      { type: 'text/plain' },
    ],
    [Buffer.from('\ufeffDawa', 'utf16le'), 'text/plain'],
    [
      Buffer.from('\ufeffDawa', 'utf16le').swap16(),
      'text/plain',
      { filename: 'notes.txt' },
    ],
  ]);

  it('is a sound when a sound is wanted of a container for both', async () => {
    const isom = files.ftyp('isom');

    expect(await typeOf(isom, {}, 'audio')).to.equal('audio/mp4');
    expect(await typeOf(isom, { filename: 'a.m4a' })).to.equal('audio/mp4');
  });

  refuses([
    ['Vorbis', files.ogg('vorbis'), {}, 'libopus'],
    ['raw Opus, by its type', unknown, { type: 'audio/opus' }, 'libopus'],
    ['raw Opus, by its name', unknown, { filename: 'a.opus' }, 'libopus'],
    ['HEIC', files.ftyp('heic'), {}, 'JPEG'],
    ['GIF', files.gif(), {}, 'MP4'],
    ['WAV', files.wav(), {}, 'MP3'],
    ['QuickTime', files.ftyp('qt  '), {}, 'H.264'],
    ['an archive', files.zip('a.txt', 'x'), {}, 'one by one'],
    [
      'an archive with the name of a picture',
      files.zip('a', 'x'),
      { filename: 'a.png' },
      'one by one',
    ],
    ['old Office without a name', files.oldOffice(), {}, '.doc'],
    ['CSV', Buffer.from('a,b\n'), { type: 'text/csv' }, 'text/plain'],
    ['XML', Buffer.from('<?xml version="1.0"?><a/>'), {}, 'text/plain'],
    [
      'OpenDocument',
      unknown,
      { type: 'application/vnd.oasis.opendocument.text' },
      'PDF',
    ],
  ]);

  it('is never guessed of bytes that tell nothing', async () => {
    const error = await rejects(typeOf(unknown, {}), { code: 'INVALID_FILE' });

    expect(error.fix).to.contain('filename');
  });

  it('is not what text is said to be: a login page is no invoice', async () => {
    const page = Buffer.from('<!doctype html><title>Log in</title>');

    for (const said of [{ filename: 'a.pdf' }, { type: 'image/jpeg' }]) {
      const error = await rejects(typeOf(page, said), { code: 'INVALID_FILE' });
      expect(error.fix).to.contain('login');
    }
  });

  it('is not that of a picture whose bytes were read as text', async () => {
    for (const type of ['image/jpeg', 'image/png']) {
      const spoiled = Buffer.from(pictures[type]!.toString());
      for (const said of [{ filename: 'a.jpg' }, { type }]) {
        const error = await rejects(typeOf(spoiled, said), {
          code: 'INVALID_FILE',
        });
        expect(error.fix).to.contain('parseAs');
      }
    }
  });

  it('does not repeat what is no type', async () => {
    const error = await rejects(typeOf(unknown, { type: 'CANARY amina/x y' }), {
      code: 'MEDIA_UNSUPPORTED',
    });

    expect(error.message).not.to.match(/canary/i);
  });
});

describe('a kind of message', () => {
  for (const [kind, { types }] of Object.entries(KINDS)) {
    it(`${kind} takes its own types only${kind === 'document' ? ', and all others too' : ''}`, async () => {
      for (const type of TYPES.keys()) {
        const head = pictures[type] ?? unknown;
        const promise = typeOf(head, { type }, kind as Kind);
        if (type in types || kind === 'document') {
          expect(await promise).to.equal(type);
        } else {
          const error = await rejects(promise, { code: 'MEDIA_UNSUPPORTED' });
          expect(error.fix).to.contain(TYPES.get(type)!.kind);
        }
      }
    });
  }
});

function tells(what: string, cases: [Buffer, string, Said?][]) {
  it(`is ${what}`, async () => {
    for (const [head, type, said = {}] of cases) {
      expect(await typeOf(head, said), type).to.equal(type);
    }
  });
}

function refuses(cases: [string, Buffer, Said, string][]) {
  for (const [name, head, said, fix] of cases) {
    it(`refuses ${name}, and says what to do`, async () => {
      const error = await rejects(typeOf(head, said), {
        code: 'MEDIA_UNSUPPORTED',
        sent: 'no',
      });
      expect(error.fix).to.contain(fix);
    });
  }
}
