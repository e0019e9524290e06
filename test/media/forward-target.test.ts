import { connect } from '../../src/core/client';
import { createHash } from 'node:crypto';
import busboy from 'busboy';
import { expect } from 'chai';
import { downloadFile } from '../../src/media/download';
import { collectLogs } from '../quiet';
import { rejects } from '../rejects';
import { closeServers, listen } from './servers';
import type { Received } from './servers';

const bytes = Buffer.from('\xff\xd8 a photo', 'latin1');
const sha256 = createHash('sha256').update(bytes).digest('hex');

type Part = {
  name: string;
  value: string;
  filename?: string | undefined;
  mimeType?: string;
};

/** The parts of a form in their order, as a server reads them. */
async function partsOf({ headers, body }: Received): Promise<Part[]> {
  const parts: Part[] = [];
  const parser = busboy({ headers, defParamCharset: 'utf8' });
  parser.on('field', (name, value) => parts.push({ name, value }));
  parser.on('file', (name, stream, { filename, mimeType }) => {
    const part = { name, value: '', filename, mimeType };
    parts.push(part);
    stream.on('data', (piece: Buffer) => {
      part.value += piece.toString('latin1');
    });
  });
  await new Promise((resolve, reject) => {
    parser.on('close', resolve).on('error', reject).end(body);
  });
  return parts;
}

const photo = {
  name: 'file',
  value: bytes.toString('latin1'),
  filename: '7.jpg',
  mimeType: 'image/jpeg',
};

describe('a download in the form of another system', () => {
  afterEach(closeServers);

  async function systems() {
    const target = await listen((_, response) =>
      response.writeHead(201).end('{"id":"F-1"}'),
    );
    const meta = await listen((request, response) =>
      response.end(
        request.url === '/file'
          ? bytes
          : JSON.stringify({
              url: `${meta.url}/file`,
              mime_type: 'image/jpeg',
              sha256,
            }),
      ),
    );
    const context = {
      client: connect({ baseUrl: meta.url, apiToken: 'T', phoneNumberId: '1' }),
      data: undefined,
      request: undefined,
    };
    const run = async (options: object, media: unknown = '7') => {
      const { result } = await collectLogs(async () =>
        downloadFile(context, media, { retry: false, ...options }),
      );
      return result as { data: object; response: Record<string, unknown> };
    };
    return { ...target, meta, run };
  }

  it('has its fields before the file, as DHIS2 takes it', async () => {
    const { run, url, received } = await systems();

    const { data, response } = await run({
      to: {
        url: `${url}/api/fileResources`,
        headers: { authorization: 'ApiToken THEIRS' },
        field: 'file',
        fields: { domain: 'DATA_VALUE', uid: 'abc', size: 12, ok: false },
      },
    });

    const [request = {} as Received] = received;
    expect(`${request.method} ${request.url}`).to.equal(
      'POST /api/fileResources',
    );
    expect(request.headers).to.include({ authorization: 'ApiToken THEIRS' });
    expect(await partsOf(request)).to.deep.equal([
      { name: 'domain', value: 'DATA_VALUE' },
      { name: 'uid', value: 'abc' },
      { name: 'size', value: '12' },
      { name: 'ok', value: 'false' },
      photo,
    ]);
    expect(data).to.include({ statusCode: 201, verified: true });
    expect(response['body']).to.deep.equal({ id: 'F-1' });
  });

  it('goes beside an XML file, and under its own name, as Kobo and ODK take it', async () => {
    const { run, url, received } = await systems();
    const xml = '<data id="visit"><photo>visit-1.jpg</photo></data>';

    await run(
      {
        to: {
          url: `${url}/submission`,
          headers: { 'X-OpenRosa-Version': '1.0' },
          field: 'visit-1.jpg',
          fields: {
            xml_submission_file: {
              content: xml,
              filename: 'submission.xml',
              type: 'text/xml',
            },
          },
        },
      },
      { id: '7', filename: 'visit-1.jpg' },
    );

    expect(await partsOf(received[0]!)).to.deep.equal([
      {
        name: 'xml_submission_file',
        value: xml,
        filename: 'submission.xml',
        mimeType: 'text/xml',
      },
      { ...photo, name: 'visit-1.jpg', filename: 'visit-1.jpg' },
    ]);
  });

  it('takes the same options beside an address', async () => {
    const { run, url, received } = await systems();

    await run({ to: url, field: 'file', fields: { visit: 'V-1' } });
    await run({ to: { url, method: 'put', field: 'file' } });
    await run({ to: { url } });

    expect(received.map(({ method }) => method)).to.deep.equal([
      'POST',
      'PUT',
      'PUT',
    ]);
    expect(await partsOf(received[0]!)).to.deep.equal([
      { name: 'visit', value: 'V-1' },
      photo,
    ]);
    expect(received[2]!.body.equals(bytes)).to.equal(true);
  });

  it('writes lists and objects as JSON, and leaves out what is not there', async () => {
    const { run, url, received } = await systems();

    await run({
      to: {
        url,
        field: 'file',
        fields: { tags: ['a', 'ä'], at: { lat: 1 }, no: null, nor: undefined },
      },
    });

    expect(await partsOf(received[0]!)).to.deep.equal([
      { name: 'tags', value: '["a","ä"]' },
      { name: 'at', value: '{"lat":1}' },
      photo,
    ]);
  });

  it('writes a date as text without quotes', async () => {
    const { run, url, received } = await systems();
    const visited = new Date('2026-03-01T09:00:00Z');

    await run({ to: { url, field: 'file', fields: { visited } } });

    expect(await partsOf(received[0]!)).to.deep.equal([
      { name: 'visited', value: '2026-03-01T09:00:00.000Z' },
      photo,
    ]);
  });

  it('cannot be broken out of by a name or a value', async () => {
    const { run, url, received } = await systems();
    const evil = 'a"\r\nX-Evil: 1\r\n\r\nb; name="file"\\';
    const value = '\r\n--form--\r\nContent-Disposition: form-data; name="x"';

    await run(
      {
        to: {
          url,
          field: evil,
          fields: {
            [evil]: value,
            nul: 'a\0b',
            'tail\\': '1',
            file: { content: 'x', filename: evil, type: 'text/plain' },
          },
        },
      },
      { id: '7', filename: `photo"\r\nX-Evil: 2.jpg` },
    );

    const name = 'a%22%0D%0AX-Evil: 1%0D%0A%0D%0Ab; name=%22file%22%5C';
    expect(received[0]!.headers).not.to.have.property('x-evil');
    expect(await partsOf(received[0]!)).to.deep.equal([
      { name, value },
      { name: 'nul', value: 'a\0b' },
      { name: 'tail%5C', value: '1' },
      { name: 'file', value: 'x', filename: name, mimeType: 'text/plain' },
      { ...photo, name, filename: 'photo%22X-Evil: 2.jpg' },
    ]);
  });

  it('takes null for what is not there', async () => {
    const { run, url, received } = await systems();
    const nothing = { method: null, headers: null, field: null, fields: null };

    await run({ to: url, as: null, ...nothing } as never);
    await run({ to: { url, ...nothing }, ...nothing } as never);

    expect(received.map(({ method, body }) => [method, body])).to.deep.equal([
      ['PUT', bytes],
      ['PUT', bytes],
    ]);
  });

  it('names the type of a file as a download leaves it, or as Node does', async () => {
    const { run, url, received } = await systems();
    const file = { content: 'x', filename: 'x.txt' };

    await run({
      to: {
        url,
        field: 'file',
        fields: {
          a: { ...file, mimeType: 'text/plain' },
          b: { ...file, type: 'text/csv', mimeType: 'text/plain' },
          c: { ...file, type: null, mimeType: undefined },
        },
      },
    } as never);

    const parts = await partsOf(received[0]!);
    expect(parts.map(({ mimeType }) => mimeType)).to.deep.equal([
      'text/plain',
      'text/csv',
      'application/octet-stream',
      'image/jpeg',
    ]);
  });

  for (const method of ['PUT', 'POST']) {
    it(`says that the system may have the file when its answer to ${method} is too long`, async () => {
      const { run } = await systems();
      const talkative = await listen((_, response) =>
        response.end(Buffer.alloc(17 * 1024 * 1024, ' ')),
      );

      const error = await rejects(run({ to: talkative.url, method }), {
        code: 'TARGET_FAILED',
        retryable: false,
      });

      expect(error.description).to.include('too long');
      expect(error.fix).to.include('it may have the file');
    });
  }

  const wrong: [string, object][] = [
    ['fields without a field for the file', { fields: { a: 1 } }],
    ['an empty field', { field: '' }],
    ['fields that are no object', { field: 'file', fields: ['a'] }],
    ['a symbol', { field: 'file', fields: { a: Symbol('a') } }],
    [
      'a type that writes a header',
      {
        field: 'file',
        fields: { a: { content: 'x', filename: 'x', type: 'a\r\nb: c' } },
      },
    ],
    ['an unknown name', { feild: 'file' }],
    ['a method that carries no file', { method: 'GET' }],
    ['a header that writes another', { headers: { a: 'b\r\nc: d' } }],
  ];
  for (const [name, target] of wrong) {
    it(`is refused before anything is asked: ${name}`, async () => {
      const { run, url, received, meta } = await systems();

      await rejects(run({ to: { url, ...target } }), {
        code: 'INVALID_OPTIONS',
      });

      expect([...received, ...meta.received]).to.deep.equal([]);
    });
  }

  it('is refused when an option stands in to and beside it, or without to', async () => {
    const { run, url } = await systems();

    for (const beside of [{ method: 'POST' }, { field: 'a' }, { fields: {} }]) {
      await rejects(run({ to: { url }, ...beside }), {
        code: 'INVALID_OPTIONS',
      });
      await rejects(run(beside), { code: 'INVALID_OPTIONS' });
    }
    await rejects(run({ to: {} }), { code: 'INVALID_ADDRESS' });
  });
});
