import { connect } from '../../src/core/client';
import { createHash } from 'node:crypto';
import busboy from 'busboy';
import { expect } from 'chai';
import { downloadFile } from '../../src/media/download';
import type { Download, DownloadOptions } from '../../src/types';
import { collectLogs } from '../quiet';
import { rejects } from '../rejects';
import { closeServers, listen, seen, until } from './servers';
import type { Received } from './servers';

const TOKEN = 'CANARY-TOKEN';
const bytes = Buffer.alloc(1_000_000, 'a photo ');
const sha256 = createHash('sha256').update(bytes).digest('base64');

type Meta = {
  url?: string;
  facts?: object;
  download?: (response: Parameters<Parameters<typeof listen>[0]>[1]) => void;
};

describe('a download', () => {
  afterEach(closeServers);

  /** A server that speaks as Meta does; its files are below `/file`. */
  async function meta({ url, facts, download }: Meta = {}) {
    const server = await listen((request, response) => {
      if (request.url.startsWith('/file')) {
        if (download) return download(response);
        return response.setHeader('content-length', bytes.length).end(bytes);
      }
      response.end(
        JSON.stringify({
          url: url ?? `${server.url}/file`,
          mime_type: 'image/jpeg',
          sha256,
          file_size: String(bytes.length),
          ...facts,
        }),
      );
    });
    const configuration = {
      baseUrl: server.url,
      apiToken: TOKEN,
      phoneNumberId: '1',
    };
    const run = async (options: DownloadOptions = {}, media: unknown = '7') => {
      const context = {
        client: connect(configuration),
        data: undefined,
        request: undefined,
      };
      const { result } = await collectLogs(async () =>
        downloadFile(context, media, { retry: false, ...options }),
      );
      return result as { data: Download; response: Record<string, unknown> };
    };
    return { ...server, run };
  }

  it('gets size and hash as texts, too', async () => {
    const { run } = await meta();

    expect((await run()).data).to.include({
      fileSize: bytes.length,
      verified: true,
      filename: '7.jpg',
    });
  });

  for (const size of ['', ' ', -1, true, [], '0x10', 1.5, null]) {
    it(`takes ${JSON.stringify(size)} for a size that is not told`, async () => {
      const { run } = await meta({ facts: { file_size: size } });

      expect((await run()).data.fileSize).to.equal(bytes.length);
    });
  }

  it('takes the name that the server gives', async () => {
    const { run } = await meta({
      download: response =>
        response
          .setHeader(
            'content-disposition',
            `inline; filename*=UTF-8''Plan%20f%C3%BCr.pdf; filename="x.pdf"`,
          )
          .end(bytes),
    });

    expect((await run()).data.filename).to.equal('Plan für.pdf');
  });

  it('is not proved when Meta tells no hash', async () => {
    const { run } = await meta({
      facts: { sha256: undefined, file_size: undefined },
    });

    expect((await run()).data).to.include({ verified: false });
  });

  it('asks with a user agent, and the token for the configured origin', async () => {
    const { run, received } = await meta();

    await run();

    expect(received.map(({ url }) => url)).to.deep.equal(['/v25.0/7', '/file']);
    for (const { headers } of received) {
      expect(headers.authorization).to.equal(`Bearer ${TOKEN}`);
      expect(headers['user-agent']).to.be.a('string');
    }
  });

  it('asks for the bytes as they are, as some servers pack what may be packed', async () => {
    const { run, received } = await meta();

    await run();

    expect(received[1]!.headers).to.include({ 'accept-encoding': 'identity' });
  });

  it('stops reading what is larger than it was said to be', async () => {
    const { run } = await meta({
      facts: { file_size: undefined },
      download: response => {
        response.write(bytes);
        response.write(bytes);
      },
    });

    await rejects(run({ maxSize: 1_500_000 }), { code: 'MEDIA_TOO_LARGE' });
  });

  it('tells a token that is not accepted from an API that refuses', async () => {
    const { run } = await meta({
      download: response => response.writeHead(401).end(),
    });

    await rejects(run(), { code: 'NOT_AUTHORIZED', statusCode: 401 });
  });

  it('does not know what to do without an address', async () => {
    const { run } = await meta({ facts: { url: undefined } });

    await rejects(run(), { code: 'ANSWER_UNREADABLE' });
  });

  describe('and a foreign host', () => {
    it('never meet when Meta names it', async () => {
      const foreign = await listen((_, response) => response.end(bytes));
      const { run } = await meta({ url: `${foreign.url}/file` });

      await rejects(run(), { code: 'HOST_REFUSED', sent: 'no' });

      expect(foreign.received).to.have.length(0);
    });

    it('never meet along a redirect', async () => {
      const foreign = await listen((_, response) => response.end(bytes));
      const { run } = await meta({
        download: response =>
          response.writeHead(302, { location: `${foreign.url}/file` }).end(),
      });

      await rejects(run(), { code: 'REDIRECT_REFUSED', statusCode: 302 });
      await rejects(run({ to: `${foreign.url}/x` }), {
        code: 'REDIRECT_REFUSED',
      });

      expect(foreign.received).to.have.length(0);
    });

    it('do not share the token when the file goes on to it', async () => {
      const foreign = await listen((_, response) => response.end());
      const { run } = await meta();

      await run({ to: `${foreign.url}/x`, headers: { 'x-a': 'b' } });

      expect(foreign.received).to.have.length(1);
      expect(seen(foreign.received)).not.to.contain(TOKEN);
      expect(foreign.received[0]!.headers).not.to.have.property(
        'authorization',
      );
    });
  });

  describe('straight on to another system', () => {
    const answering = (statusCode: number, body = '', headers = {}) =>
      listen((_, response) =>
        response.writeHead(statusCode, headers).end(body),
      );

    it('arrives whole, with its type and length, and the headers of the job', async () => {
      const target = await answering(201, '{"id":"F-1"}');
      const { run } = await meta();

      const { data, response } = await run({
        to: `${target.url}/files/1?key=value`,
        headers: { Authorization: 'Bearer THEIRS', 'x-visit': 'V-1' },
      });

      const [{ method, url, headers, body } = {} as Received] = target.received;
      expect(method + url).to.equal('PUT/files/1?key=value');
      expect(headers).to.include({
        authorization: 'Bearer THEIRS',
        'x-visit': 'V-1',
        'content-type': 'image/jpeg',
        'content-length': String(bytes.length),
      });
      expect(body.equals(bytes)).to.equal(true);
      expect(data).to.deep.equal({
        id: '7',
        mimeType: 'image/jpeg',
        filename: '7.jpg',
        fileSize: bytes.length,
        sha256: Buffer.from(sha256, 'base64').toString('hex'),
        verified: true,
        statusCode: 201,
      });
      expect(response).to.deep.include({
        method: 'PUT',
        path: '/files/1',
        statusCode: 201,
        body: { id: 'F-1' },
      });
      expect(JSON.stringify(response)).not.to.contain('THEIRS');
    });

    it('goes in a form, for systems that want one', async () => {
      const target = await answering(200, 'saved');
      const { run } = await meta();

      const { response } = await run({
        to: target.url,
        method: 'POST',
        field: 'file',
      });

      const [{ headers, body } = {} as Received] = target.received;
      const parser = busboy({ headers });
      let length = 0;
      parser.on('file', (name, stream, info) => {
        expect(name).to.equal('file');
        expect(info).to.include({ filename: '7.jpg', mimeType: 'image/jpeg' });
        stream.on('data', (piece: Buffer) => (length += piece.length));
      });
      await new Promise(done => parser.on('close', done).end(body));
      expect(length).to.equal(bytes.length);
      expect(response['body']).to.equal('saved');
    });

    it('has the type that the job says, as a signed address may ask for it', async () => {
      const target = await answering(200);
      const { run } = await meta();

      await run({ to: target.url, headers: { 'Content-Type': 'image/own' } });

      expect(target.received[0]?.headers).to.include({
        'content-type': 'image/own',
        'content-length': String(bytes.length),
      });
    });

    it('has no type that HTTP cannot carry', async () => {
      const target = await answering(200);
      const { run } = await meta({
        facts: { mime_type: 'image/jpeg\r\nx-evil: 1' },
      });

      await run({ to: target.url });
      await run({ to: target.url, field: 'file' });

      const [plain, form] = target.received;
      expect(plain?.headers['content-type']).to.equal(
        'application/octet-stream',
      );
      expect(form?.body.toString('latin1')).to.contain(
        'Content-Type: application/octet-stream\r\n\r\n',
      );
    });

    const damages: [string, Meta, object][] = [
      [
        'has another hash',
        { facts: { sha256: 'a'.repeat(64) } },
        { code: 'MEDIA_MISMATCH' },
      ],
      [
        'is shorter than Meta says',
        { facts: { file_size: bytes.length + 1 } },
        { code: 'MEDIA_MISMATCH' },
      ],
      [
        'is longer than Meta says',
        { facts: { file_size: 500_000 } },
        { code: 'MEDIA_MISMATCH' },
      ],
      [
        'has another hash, and no length',
        {
          facts: { sha256: 'a'.repeat(64), file_size: undefined },
          download: response => {
            response.write(bytes);
            response.end();
          },
        },
        { code: 'MEDIA_MISMATCH' },
      ],
      [
        'breaks off',
        {
          download: response => {
            response.setHeader('content-length', bytes.length);
            response.write(bytes.subarray(0, 500_000), () =>
              response.destroy(),
            );
          },
        },
        { code: 'DOWNLOAD_FAILED', retryable: true },
      ],
    ];
    for (const [name, server, expected] of damages) {
      it(`never arrives whole when it ${name}`, async () => {
        const target = await answering(200);
        const { run } = await meta(server);

        await rejects(run({ to: target.url }), { ...expected, sent: 'no' });
        await until(() => target.received.every(({ hasEnded }) => hasEnded));

        expect(target.received.some(({ isWhole }) => isWhole)).to.equal(false);
      });
    }

    it('does not wait for ever for a download that has stalled', async () => {
      const target = await answering(200);
      const { run } = await meta({
        download: response => {
          response.setHeader('content-length', bytes.length);
          response.write(bytes.subarray(0, 500_000));
        },
      });

      await rejects(run({ to: target.url, timeout: 2000 }), {
        code: 'DOWNLOAD_FAILED',
      });
    });

    it('is not even begun when it is too large', async () => {
      const target = await answering(200);
      const { run } = await meta();
      const lying = await meta({ facts: { file_size: undefined } });

      await rejects(run({ to: target.url, maxSize: 10 }), {
        code: 'MEDIA_TOO_LARGE',
      });
      const error = await rejects(lying.run({ to: target.url, maxSize: 10 }), {
        code: 'MEDIA_TOO_LARGE',
      });

      expect(error.fix).to.equal('Give a larger maxSize, or leave it out.');
      expect(target.received).to.have.length(0);
    });

    for (const field of [undefined, 'file']) {
      it(`stops at maxSize when nobody told the size${field ? ', as a form' : ''}`, async () => {
        const target = await answering(200);
        const { run } = await meta({
          facts: { file_size: undefined, sha256: undefined },
          download: response => {
            response.write(bytes.subarray(0, 500_000));
            response.end(bytes.subarray(500_000));
          },
        });
        const options = { to: target.url, ...(field && { field }) };

        await rejects(run({ ...options, maxSize: bytes.length - 1 }), {
          code: 'MEDIA_TOO_LARGE',
        });

        expect(target.received).to.have.length(0);
        const { data } = await run({ ...options, maxSize: bytes.length });
        expect(data.fileSize).to.equal(bytes.length);
      });
    }

    it('has no most bytes of its own', async () => {
      const target = await answering(200);
      const { run } = await meta({
        facts: { file_size: undefined, sha256: undefined },
      });

      expect((await run({ to: target.url })).data.fileSize).to.equal(
        bytes.length,
      );
    });

    it('fails with the status of a system that refuses', async () => {
      for (const status of [302, 401, 500]) {
        const target = await answering(status, 'CANARY-BODY', {
          location: '/elsewhere',
        });
        const { run } = await meta();

        const error = await rejects(
          run({ to: target.url, headers: { authorization: 'CANARY' } }),
          {
            code: 'TARGET_FAILED',
            statusCode: status,
            sent: 'no',
          },
        );

        expect(error.description).to.contain(String(status));
        expect(
          JSON.stringify({ ...error, message: error.message }),
        ).not.to.contain('CANARY');
        expect(target.received).to.have.length(1);
      }
    });

    it('fails when the system cannot be reached, or breaks the connection', async () => {
      const { run } = await meta();
      const broken = await listen((_, response) => response.destroy());

      for (const method of ['PUT', 'POST']) {
        for (const to of ['http://127.0.0.1:1/x', broken.url]) {
          await rejects(run({ to, method }), {
            code: 'TARGET_FAILED',
            sent: 'no',
          });
        }
      }
      expect(broken.received).to.have.length(2);
    });

    const large = Buffer.alloc(17 * 1024 * 1024);

    /** The first part of a file that does not fit in memory; the rest never comes. */
    const stalled: NonNullable<Meta['download']> = response => {
      response.setHeader('content-length', 2 * large.length);
      response.write(large);
    };
    const unknown = { sha256: undefined, file_size: undefined };

    it('is no success when the system answers before it has all', async () => {
      const early = await listen(
        (_, response) => response.writeHead(200).end(),
        { isEarly: true },
      );
      const { run, received } = await meta({
        facts: unknown,
        download: stalled,
      });

      await rejects(run({ to: early.url }), { sent: 'no' });

      expect(received).to.have.length(2);
    });

    it('lets go of the download when the system is gone', async () => {
      let isClosed = false;
      const { run } = await meta({
        facts: unknown,
        download: response => {
          response.on('close', () => (isClosed = true));
          stalled(response);
        },
      });

      await rejects(run({ to: 'http://127.0.0.1:1/x' }), {
        code: 'TARGET_FAILED',
      });

      await until(() => isClosed);
    });
  });
});
