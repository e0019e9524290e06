import { connect } from '../../src/core/client';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import busboy from 'busboy';
import { expect } from 'chai';
import { downloadFile } from '../../src/media/download';
import type { Download, DownloadOptions } from '../../src/types';
import { collectLogs } from '../quiet';
import { rejects } from '../rejects';

const MB = 1024 * 1024;
const PIECE = 64 * 1024;
// What is held in memory, and proven before any of it leaves.
const IN_MEMORY = 16 * MB;

const SIZES: [string, number][] = [
  ['0 bytes', 0],
  ['1 byte', 1],
  ['100 bytes', 100],
  ['one piece', PIECE],
  ['one piece and a byte', PIECE + 1],
  ['16 MB', IN_MEMORY],
  ['16 MB and a byte', IN_MEMORY + 1],
  ['100 MB', 100 * MB],
];

type File = { chunk: (at: number) => Buffer; size: number };

const PATTERN = Buffer.from(
  Array.from({ length: PIECE }, (_, at) => (at * 31 + 7) % 251),
);

/** A file that is made piece by piece, with one byte altered when `altered` is given. */
const fileOf = (size: number, altered = -1): File => ({
  size,
  chunk: at => {
    const piece = PATTERN.subarray(0, Math.min(PIECE, size - at));
    if (altered < at || altered >= at + piece.length) return piece;
    const copy = Buffer.from(piece);
    copy[altered - at]! ^= 1;
    return copy;
  },
});

function hashOf({ size, chunk }: File): string {
  const hash = createHash('sha256');
  for (let at = 0; at < size; at += PIECE) hash.update(chunk(at));
  return hash.digest('hex');
}

const damages: [string, (size: number) => File | undefined][] = [
  ['lacks its last byte', size => (size > 0 ? fileOf(size - 1) : undefined)],
  ['has nothing in it', size => (size > 0 ? fileOf(0) : undefined)],
  ['lacks half', size => (size > 1 ? fileOf(size >> 1) : undefined)],
  ['has one byte too many', size => fileOf(size + 1)],
  ['has a piece too many', size => fileOf(size + PIECE)],
  ['has another first byte', size => (size > 0 ? fileOf(size, 0) : undefined)],
  [
    'has another byte in the middle',
    size => (size > 2 ? fileOf(size, size >> 1) : undefined),
  ],
  [
    'has another last byte',
    size => (size > 1 ? fileOf(size, size - 1) : undefined),
  ],
];

const servers: Server[] = [];

async function listen(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What a receiver kept of a request, and whether the request ended as it should. */
type Kept = { size: number; sha256: string; isEnded: boolean };

/** Another system: takes what arrives, and keeps it. */
async function receiver() {
  const requests: Promise<Kept>[] = [];
  const url = await listen((request, response) => {
    requests.push(keep(request));
    request.on('end', () => response.end());
  });
  return { url, requests };
}

async function keep(request: IncomingMessage): Promise<Kept> {
  const hash = createHash('sha256');
  let size = 0;
  let isEnded = true;
  const type = request.headers['content-type'] ?? '';
  const add = (piece: Buffer) => {
    hash.update(piece);
    size += piece.length;
  };
  try {
    if (type.startsWith('multipart/')) await readForm(request, add);
    else for await (const piece of request) add(piece as Buffer);
  } catch {
    isEnded = false;
  }
  return { size, sha256: hash.digest('hex'), isEnded };
}

/** Reads a form to its closing boundary. */
function readForm(
  request: IncomingMessage,
  add: (piece: Buffer) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const parser = busboy({ headers: request.headers });
    parser.on('file', (_, stream) =>
      stream.on('data', add).on('error', () => undefined),
    );
    parser.on('finish', resolve).on('error', reject);
    request.on('aborted', () => reject(new Error('The request broke off.')));
    request.pipe(parser);
  });
}

/** A server that speaks as Meta does: it tells of one file, and gives another. */
async function meta(
  told: File,
  given: File,
  { tellsSize = true, tellsLength = true } = {},
) {
  const sha256 = hashOf(told);
  const url = await listen((request, response) => {
    if (request.url === '/file') {
      if (tellsLength) response.setHeader('content-length', given.size);
      void write(given, response);
      return;
    }
    response.end(
      JSON.stringify({
        url: `${url}/file`,
        mime_type: 'image/jpeg',
        sha256,
        ...(tellsSize && { file_size: told.size }),
      }),
    );
  });
  const configuration = { baseUrl: url, apiToken: 'T', phoneNumberId: '1' };
  const context = {
    client: connect(configuration),
    data: undefined,
    request: undefined,
  };
  return async (options: DownloadOptions) => {
    const { result } = await collectLogs(async () =>
      downloadFile(context, '7', { retry: false, ...options }),
    );
    return (result as { data: Download }).data;
  };
}

async function write({ size, chunk }: File, response: ServerResponse) {
  for (let at = 0; at < size; at += PIECE) {
    if (response.destroyed) return;
    if (!response.write(chunk(at))) {
      await Promise.race([once(response, 'drain'), once(response, 'close')]);
    }
  }
  response.end();
}

describe('a file on its way to another system', () => {
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  for (const [name, size] of SIZES) {
    for (const field of [undefined, 'file']) {
      const way = field === undefined ? 'as it is' : 'in a form';

      it(`arrives whole when it is whole: ${name}, ${way}`, async () => {
        for (const tells of [{}, { tellsSize: false, tellsLength: false }]) {
          const file = fileOf(size);
          const run = await meta(file, file, tells);
          const { url, requests } = await receiver();

          const data = await run({ to: url, field });

          expect(data).to.include({ fileSize: size, verified: true });
          expect(await Promise.all(requests)).to.deep.equal([
            { size, sha256: hashOf(file), isEnded: true },
          ]);
        }
      });

      for (const [damage, make] of damages) {
        const given = make(size);
        if (given === undefined) continue;
        it(`never ends as a whole file when it ${damage}: ${name}, ${way}`, async () => {
          for (const tells of [{}, { tellsSize: false, tellsLength: false }]) {
            const run = await meta(fileOf(size), given, tells);
            const { url, requests } = await receiver();

            await rejects(run({ to: url, field }), {
              code: 'MEDIA_MISMATCH',
              sent: 'no',
            });

            const kept = await Promise.all(requests);
            expect(kept.filter(({ isEnded }) => isEnded)).to.deep.equal([]);
            if (given.size <= IN_MEMORY) expect(kept).to.deep.equal([]);
          }
        });
      }
    }
  }

  describe('whose receiver fails', () => {
    const file = fileOf(3 * PIECE + 5);
    const ENOUGH = { retry: { attempts: 3, delay: 1 } };

    /** Another system that breaks the connection or answers with a status, and then takes the file. */
    async function failing(...statuses: (number | 'breaks' | 'reads')[]) {
      const requests: Promise<Kept>[] = [];
      const url = await listen((request, response) => {
        const status = statuses[requests.length] ?? 200;
        requests.push(keep(request));
        if (status === 'breaks') request.socket.destroy();
        else if (status === 'reads') {
          request.on('end', () => request.socket.destroy());
        } else {
          request.on('end', () => response.writeHead(status).end());
        }
      });
      return { url, requests };
    }

    it('gets the same bytes once more with PUT, which replaces', async () => {
      for (const failure of [503, 'breaks', 'reads'] as const) {
        const { url, requests } = await failing(failure);
        const run = await meta(file, file);

        const data = await run({ to: url, ...ENOUGH });

        expect(data).to.include({ verified: true, statusCode: 200 });
        const kept = await Promise.all(requests);
        expect(kept).to.have.length(2);
        expect(kept.at(-1)).to.deep.equal({
          size: file.size,
          sha256: hashOf(file),
          isEnded: true,
        });
      }
    });

    it('gets nothing twice with POST, unless it said that it did not take it', async () => {
      for (const failure of [503, 'breaks', 'reads'] as const) {
        const { url, requests } = await failing(failure);
        const run = await meta(file, file);

        const error = await rejects(
          run({ to: url, method: 'POST', ...ENOUGH }),
          { code: 'TARGET_FAILED', sent: 'no', retryable: false },
        );

        expect(error.fix).to.contain('may have the file');
        expect(requests).to.have.length(1);
      }

      const { url, requests } = await failing(429);
      const run = await meta(file, file);
      await run({ to: url, method: 'POST', ...ENOUGH });
      expect(requests).to.have.length(2);
    });

    it('is not told that it may have the file when it cannot', async () => {
      const { url } = await failing(413);
      const run = await meta(file, file);

      for (const to of [url, 'http://127.0.0.1:1/x']) {
        const error = await rejects(run({ to, method: 'POST' }), {
          code: 'TARGET_FAILED',
        });
        expect(error.fix).not.to.contain('may have the file');
      }
    });
  });
});
