import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import busboy from 'busboy';
import { expect } from 'chai';
import { readForm } from '../../src/graph/form';
import { multipart } from '../../src/graph/multipart';
import { send } from '../../src/graph/transport';
import { throws } from '../rejects';

type Read = {
  name: string;
  value: string;
  filename?: string | undefined;
  type?: string;
};

/** The parts of a form, read back by a parser of another make. */
async function readBack(body: ReturnType<typeof multipart>): Promise<Read[]> {
  const parts: Read[] = [];
  const parser = busboy({ headers: body.headers, defParamCharset: 'utf8' });
  parser.on('field', (name, value) => parts.push({ name, value }));
  parser.on('file', (name, stream, { filename, mimeType: type }) => {
    const pieces: Buffer[] = [];
    stream.on('data', (piece: Buffer) => pieces.push(piece));
    stream.on('end', () => {
      parts.push({
        name,
        value: Buffer.concat(pieces).toString('latin1'),
        filename,
        type,
      });
    });
  });
  await pipeline(Readable.from(body), parser);
  return parts;
}

async function lengthOf(body: AsyncIterable<Uint8Array>) {
  let length = 0;
  for await (const piece of body) length += piece.length;
  return String(length);
}

const every = Buffer.from(Array.from({ length: 256 }, (_, i) => i));

describe('a form', () => {
  it('is read back as it was given, every byte of it', async () => {
    const content = Buffer.concat([
      every,
      Buffer.from('\r\n--form-\r\n'),
      every,
    ]);
    const body = multipart(
      readForm(
        { messaging_product: 'whatsapp', n: 1, list: ['ä'], none: null },
        [{ name: 'file', content, filename: 'a.bin', type: 'image/png' }],
      ),
    );

    expect(await readBack(body)).to.deep.equal([
      { name: 'messaging_product', value: 'whatsapp' },
      { name: 'n', value: '1' },
      { name: 'list', value: '["ä"]' },
      {
        name: 'file',
        value: content.toString('latin1'),
        filename: 'a.bin',
        type: 'image/png',
      },
    ]);
  });

  it('says how long it is, when that is known', async () => {
    const body = multipart(
      readForm({ ä: 'ß' }, [{ name: 'a', content: every }]),
    );

    expect(body.headers['content-length']).to.equal(await lengthOf(body));
  });

  it('takes streams as they come, and then does not know', async () => {
    const content = Readable.from([Buffer.from('one'), 'two']);
    const body = multipart(readForm(undefined, { name: 'file', content }));

    expect(body.headers).not.to.have.property('content-length');
    expect(body.isSpent()).to.equal(false);
    expect(await readBack(body)).to.deep.include({
      name: 'file',
      value: 'onetwo',
      filename: 'file',
      type: 'application/octet-stream',
    });
    expect(body.isSpent()).to.equal(true);
  });

  it('can be read again when all of it is in memory', async () => {
    const body = multipart(
      readForm({ a: 'b' }, [{ name: 'f', content: 'text' }]),
    );

    expect(await readBack(body)).to.deep.equal(await readBack(body));
    expect(body.isSpent()).to.equal(false);
  });

  it('cuts a large Buffer in pieces, also one that lies within another', async () => {
    const large = Buffer.alloc(3_000_000, every).subarray(1_000_001);
    const body = multipart(readForm({}, [{ name: 'f', content: large }]));

    const [part] = await readBack(body);

    expect(Buffer.from(part!.value, 'latin1').equals(large)).to.equal(true);
  });

  it('lets no name write a header', async () => {
    const body = multipart(
      readForm({ 'a"\r\nx: y': '1' }, [
        { name: 'f', content: 'x', filename: '"\r\nContent-Type: text/html' },
      ]),
    );
    const written = await Readable.from(body).map(String).toArray();

    expect(written.join('')).not.to.match(/^x: y|^Content-Type: text/m);
    expect(await readBack(body)).to.have.length(2);
  });

  it('goes over the wire', async () => {
    const server = createServer((req, res) => {
      const names: string[] = [];
      const parser = busboy({ headers: req.headers });
      parser.on('file', (_, stream, { filename }) => {
        names.push(filename ?? '');
        stream.resume();
      });
      parser.on('close', () =>
        res.end(
          JSON.stringify({ names, length: req.headers['content-length'] }),
        ),
      );
      req.pipe(parser);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const body = multipart(
      readForm({}, [{ name: 'f', content: every, filename: 'ä.pdf' }]),
    );

    const { body: answer } = await send({
      method: 'POST',
      origin: `http://127.0.0.1:${port}`,
      path: '/',
      headers: body.headers,
      body,
      timeout: 5000,
    });

    expect(JSON.parse(String(answer))).to.include({
      length: body.headers['content-length'],
    });
    server.close();
  });

  const wrong: [string, unknown, unknown][] = [
    ['fields that are no object', 'a=b', undefined],
    ['a file without a name', {}, [{ content: 'x' }]],
    ['a file without content', {}, [{ name: 'f' }]],
    ['a file with a strange content', {}, [{ name: 'f', content: {} }]],
    [
      'a file with a strange filename',
      {},
      [{ name: 'f', content: 'x', filename: 7 }],
    ],
    [
      'a type that writes a header',
      {},
      [{ name: 'f', content: 'x', type: 'a/b\r\nx: y' }],
    ],
  ];
  for (const [name, form, files] of wrong) {
    it(`refuses ${name}`, () => {
      throws(() => readForm(form, files), {
        code: 'INVALID_OPTIONS',
        sent: 'no',
      });
    });
  }
});
