import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import { isFile, readFile } from '../../src/media/source';
import { throws } from '../rejects';
import * as files from './files';

const bytes = files.pdf(100);
const base64 = bytes.toString('base64');

const bytesIn = (given: unknown) => {
  const { source } = readFile(given);
  return 'bytes' in source ? source.bytes : expect.fail('no bytes');
};

describe('a file to upload', () => {
  const forms: Record<string, unknown> = {
    'a Buffer': bytes,
    base64,
    'base64 with line breaks': base64.replace(/.{76}/g, '$&\r\n') + '\n',
    'base64 for URLs': bytes.toString('base64url'),
    'a data URI': `data:application/pdf;base64,${base64}`,
    'a data URI with a parameter': `DATA:text/plain;charset=utf-8;base64,${base64}`,
    'a Buffer that was saved as JSON': JSON.parse(JSON.stringify(bytes)),
    'an object with content': { content: base64, filename: 'a.pdf' },
    'an object of a job': runInNewContext('({ content: base64 })', { base64 }),
    'what a download leaves': {
      id: '1',
      content: base64,
      mimeType: 'application/pdf',
      filename: 'a.pdf',
      fileSize: bytes.length,
      sha256: 'x',
      verified: true,
    },
  };
  for (const [name, given] of Object.entries(forms)) {
    it(`may be ${name}`, () => {
      expect(bytesIn(given)).to.deep.equal(bytes);
    });
  }

  it('may be a download as text, although it could be base64', () => {
    const download = { content: 'Take one.', fileSize: 9 };
    const short = { content: 'Abcd', fileSize: 4 };
    const unmarked = { content: 'Abcd', fileSize: 7 };

    expect(String(bytesIn(download))).to.equal('Take one.');
    expect(String(bytesIn(short))).to.equal('Abcd');
    expect(String(bytesIn(unmarked))).to.equal('Abcd');
  });

  it('may be a data URI with plain text', () => {
    const given = 'data:,Dawa%20mara%20mbili';

    expect(String(bytesIn(given))).to.equal('Dawa mara mbili');
    expect(readFile(given).type).to.equal('text/plain');
  });

  it('may be a data URI with any bytes behind percents', () => {
    const percents = [...bytes]
      .map(byte => `%${byte.toString(16).padStart(2, '0')}`)
      .join('');

    expect(bytesIn(`data:image/png,${percents}`)).to.deep.equal(bytes);
    expect(
      bytesIn(`data:image/png;base64,${encodeURIComponent(base64)}`),
    ).to.deep.equal(bytes);
    expect(String(bytesIn('data:,100% à jour'))).to.equal('100% à jour');
  });

  it('may be a Node stream or a web stream', () => {
    const node = createReadStream('package.json');
    const web = Readable.toWeb(Readable.from([bytes]));

    expect(readFile(node).source).to.deep.equal({ stream: node });
    expect(readFile({ content: web }).source).to.have.property('stream', web);
    node.destroy();
  });

  it('may be an address', () => {
    const { source } = readFile('https://clinic.example/a.pdf');

    expect(source).to.have.nested.property('url.host', 'clinic.example');
  });

  it('is called what the job calls it', () => {
    expect(
      readFile({ content: base64, filename: 'a.pdf', type: 'x/y' }),
    ).to.include({
      filename: 'a.pdf',
      type: 'x/y',
    });
    expect(readFile({ content: base64, mime_type: 'x/y' }).type).to.equal(
      'x/y',
    );
    expect(readFile({ content: base64, filename: null })).not.to.have.property(
      'filename',
    );
  });

  const wrong: [string, unknown, string, string][] = [
    ['nothing', undefined, 'INVALID_FILE', 'missing'],
    ['empty text', '', 'INVALID_FILE', 'empty'],
    ['a number', 7, 'INVALID_FILE', 'a number'],
    ['plain text', 'Take it twice a day.', 'INVALID_FILE', 'Buffer.from(text)'],
    ['a path', '/tmp/CANARY.pdf', 'INVALID_FILE', 'not base64'],
    ['the ID of a media', '1037543291543636', 'INVALID_FILE', 'by its ID'],
    ['base64 that was cut off', base64.slice(0, 41), 'INVALID_FILE', 'cut off'],
    [
      'base64 put together',
      `${Buffer.from('a').toString('base64')}${base64}`,
      'INVALID_FILE',
      'put together',
    ],
    ['a broken data URI', 'data:image/png;base64', 'INVALID_FILE', 'data URI'],
    [
      'an address without TLS',
      'http://clinic.example/a.pdf',
      'INVALID_ADDRESS',
      'https',
    ],
    ['another scheme', 's3://bucket/a.pdf', 'INVALID_ADDRESS', 'https'],
    [
      'an address with a password',
      'https://me:CANARY@clinic.example/a.pdf',
      'INVALID_ADDRESS',
      'password',
    ],
    [
      'a field that no file has',
      { content: base64, CANARY: 1 },
      'INVALID_FILE',
      'option',
    ],
    [
      'a name that is no text',
      { content: base64, filename: 7 },
      'INVALID_FILE',
      'filename',
    ],
    [
      'an object as content',
      { content: {} },
      'INVALID_FILE',
      'The content of file',
    ],
  ];
  for (const [name, given, code, says] of wrong) {
    it(`is refused as ${name}`, () => {
      const error = throws(() => readFile(given), { code, sent: 'no' });

      expect(error.message).to.contain(says);
      expect(error.message).not.to.contain('CANARY');
    });
  }
});

describe('a media to send', () => {
  it('is a file when it can be nothing else', () => {
    const stream = Readable.from([bytes]);
    const given = [
      bytes,
      stream,
      'data:,x',
      { content: 'x' },
      { id: '1', content: 'x' },
    ];

    for (const media of given) expect(isFile(media)).to.equal(true);
  });

  it('is no file as an ID, a link, or an object of Meta', () => {
    const given = [
      '1037543291543636',
      'https://clinic.example/a.pdf',
      { id: '1' },
      { link: 'x' },
      7,
      null,
    ];

    for (const media of given) expect(isFile(media)).to.equal(false);
  });
});
