import { connect } from '../../src/core/client';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'chai';
import { uploadFile } from '../../src/media/upload';
import { collectLogs } from '../quiet';
import { rejects } from '../rejects';
import * as files from './files';
import { closeServers, listen, seen, until } from './servers';

const TOKEN = 'CANARY-TOKEN';
const MB = 1024 * 1024;

describe('an upload', () => {
  afterEach(closeServers);

  /** A server that speaks as Meta does. */
  async function meta(body = '{"id":"7"}') {
    const server = await listen((_, response) => response.end(body));
    const configuration = {
      baseUrl: server.url,
      apiToken: TOKEN,
      phoneNumberId: '1',
    };
    const run = async (file: unknown, options: object = {}) => {
      const context = {
        client: connect(configuration),
        data: undefined,
        request: undefined,
      };
      return (
        await collectLogs(async () =>
          uploadFile(context, file, { retry: false, ...options }),
        )
      ).result;
    };
    return { ...server, run };
  }

  it('says how long it is when that is known, also of a short stream', async () => {
    const { run, received } = await meta();

    await run(files.pdf(3 * MB));
    await run(Readable.from([files.pdf(10)]));
    await run(Readable.from([files.pdf(MB), Buffer.alloc(MB)]));

    const [bytes, short, long] = received.map(({ headers }) => headers);
    expect(Number(bytes!['content-length'])).to.be.above(3 * MB);
    expect(short).to.have.property('content-length');
    expect(long).to.include({ 'transfer-encoding': 'chunked' });
  });

  it('stops a stream that becomes too large', async () => {
    const { run, received } = await meta();
    async function* endless() {
      yield files.webp();
      for (;;) yield Buffer.alloc(32 * 1024);
    }
    const stream = Readable.from(endless());

    await rejects(run(stream), { code: 'MEDIA_TOO_LARGE', sent: 'no' });
    await until(() => received.every(({ hasEnded }) => hasEnded));

    expect(stream.destroyed).to.equal(true);
    expect(received.some(({ isWhole }) => isWhole)).to.equal(false);
  });

  it('lets go of a stream that it refuses', async () => {
    const { run, received } = await meta();
    const stream = Readable.from([files.gif(), Buffer.alloc(MB)]);

    await rejects(run(stream), { code: 'MEDIA_UNSUPPORTED' });

    expect(stream.destroyed).to.equal(true);
    expect(received).to.have.length(0);
  });

  it('tells that the stream broke off, before or while it was sent', async () => {
    const { run, received } = await meta();
    const breaking = (size: number) =>
      Readable.from(
        (async function* () {
          yield files.pdf(size);
          await wait(5);
          throw new Error('CANARY');
        })(),
      );

    for (const size of [10, MB]) {
      const error = await rejects(run(breaking(size)), {
        code: 'SOURCE_FAILED',
        sent: 'no',
      });
      expect(error.message).not.to.contain('CANARY');
    }
    expect(received.some(({ isWhole }) => isWhole)).to.equal(false);
  });

  it('does not wait for ever for a stream that has stalled', async () => {
    const { run, received } = await meta();
    const stalling = (head: Buffer) => {
      const stream = new Readable({ read: () => undefined });
      stream.push(head);
      return stream;
    };

    for (const stream of [stalling(files.pdf()), stalling(files.pdf(MB))]) {
      await rejects(run(stream, { timeout: 500 }), { code: 'SOURCE_FAILED' });
      expect(stream.destroyed).to.equal(true);
    }

    expect(received.some(({ isWhole }) => isWhole)).to.equal(false);
  });

  it('checks how long to wait, and may wait for weeks', async () => {
    const { run } = await meta();
    const streamOf = () => Readable.from([files.pdf()]);

    await rejects(run(streamOf(), { timeout: '50' }), {
      code: 'INVALID_OPTIONS',
    });
    await run(streamOf(), { timeout: 2 ** 31 });
  });

  it('cannot do without the ID in the answer', async () => {
    const { run } = await meta('{}');

    await rejects(run(files.png()), { code: 'ANSWER_UNREADABLE', sent: 'no' });
  });

  it('needs the phone number ID before it opens the file', async () => {
    const context = {
      client: connect({ apiToken: TOKEN }),
      data: undefined,
      request: undefined,
    };
    const stream = Readable.from([files.png()]);

    await rejects(
      Promise.resolve().then(() => uploadFile(context, stream, {})),
      {
        code: 'CONFIGURATION_MISSING',
      },
    );

    expect(Readable.isDisturbed(stream)).to.equal(false);
  });

  describe('of a file at an address', () => {
    type Hop = { to?: string; file?: Buffer; headers?: Record<string, string> };

    /** A server whose paths redirect, or give a file. */
    const serve = (hops: Record<string, Hop>) =>
      listen(({ url }, response) => {
        const { to, file, headers = {} } = hops[url] ?? {};
        if (to !== undefined)
          response.writeHead(302, { ...headers, location: to }).end('moved');
        else if (file) response.writeHead(200, headers).end(file);
        else response.writeHead(404).end();
      });

    it('follows three redirects, and shows the token to nobody', async () => {
      const second = await serve({
        '/3': { to: '/file' },
        '/file': { file: files.png() },
      });
      const first = await serve({
        '/1': { to: '/2' },
        '/2': { to: `${second.url}/3` },
      });
      const { run, received } = await meta();

      await run(`${first.url}/1`);

      expect(received).to.have.length(1);
      expect(seen([...first.received, ...second.received])).not.to.contain(
        TOKEN,
      );
      expect(seen(received)).to.contain('filename="file.png"');
    });

    it('follows no fourth one', async () => {
      const server = await serve({
        '/1': { to: '/2' },
        '/2': { to: '/3' },
        '/3': { to: '/4' },
        '/4': { to: '/5' },
        '/5': { file: files.png() },
      });
      const { run } = await meta();

      await rejects(run(`${server.url}/1`), { code: 'REDIRECT_REFUSED' });

      expect(server.received).to.have.length(4);
    });

    it('follows none that leads nowhere, or to http', async () => {
      const server = await serve({
        '/none': { to: '' },
        '/strange': { to: 'http://[' },
        '/http': { to: 'http://files.example/a.png' },
        '/file': { to: 'file:///etc/passwd' },
      });
      const { run } = await meta();

      for (const path of ['/none', '/strange', '/http', '/file']) {
        await rejects(run(server.url + path), { code: 'REDIRECT_REFUSED' });
      }
    });

    it('believes the name and the length of the server, and the type of the bytes', async () => {
      const server = await serve({
        '/a?secret=HIDDEN': {
          file: files.pdf(2 * MB),
          headers: {
            'content-disposition': 'attachment; filename="Plan \\"A\\".doc"',
            'content-type': 'text/html',
            'content-length': String(files.pdf(2 * MB).length),
          },
        },
      });
      const { run, received } = await meta();

      await run(`${server.url}/a?secret=HIDDEN`);

      expect(received[0]!.headers).to.have.property('content-length');
      expect(seen(received)).to.contain('filename="Plan %22A%22.pdf"');
      expect(seen(received)).not.to.contain('HIDDEN');
    });

    it('fails when the server does, without its address in the error', async () => {
      const server = await serve({});
      const { run } = await meta();

      const missing = await rejects(run(`${server.url}/CANARY`), {
        code: 'SOURCE_FAILED',
        statusCode: 404,
        retryable: false,
      });
      await rejects(run('http://127.0.0.1:1/a'), {
        code: 'SOURCE_FAILED',
        retryable: true,
      });

      expect(missing.message).not.to.match(/CANARY|127/);
    });

    it('is refused before it is read when it says that it is too large', async () => {
      const large = Buffer.concat([files.webp(), Buffer.alloc(5 * MB)]);
      let isClosed = false;
      const server = await listen((_, response) => {
        response.on('close', () => (isClosed = true));
        response.writeHead(200, { 'content-length': large.length });
        response.write(large.subarray(0, 100_000));
      });
      const { run, received } = await meta();

      await rejects(run(`${server.url}/a`), { code: 'MEDIA_TOO_LARGE' });

      await until(() => isClosed);
      expect(received).to.have.length(0);
    });
  });
});
