import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';

const MOST = 40;
const SIZE = 100;

const script = fileURLToPath(new URL('memory-child.ts', import.meta.url));
const MB = Buffer.alloc(1024 * 1024, 1);
const PDF = Buffer.from('%PDF-1.7\n');

/** Takes whatever is sent, and gives files of any size. */
function serve(request: IncomingMessage, response: ServerResponse): void {
  const { searchParams } = new URL(request.url ?? '', 'http://host');
  const size = Number(searchParams.get('size') ?? 0);
  if (size === 0) {
    request.resume().on('end', () => response.end('{"id":"1"}'));
    return;
  }
  response.setHeader('content-length', size);
  response.write(PDF);
  let left = size - PDF.length;
  const more = () => {
    while (left > 0) {
      const piece = MB.subarray(0, Math.min(left, MB.length));
      left -= piece.length;
      if (!response.write(piece)) return response.once('drain', more);
    }
    return response.end();
  };
  more();
}

describe('the memory that a file takes on its way', () => {
  let server: Server;

  let extra: Record<string, number>;

  before(async () => {
    server = createServer(serve).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { stdout } = await promisify(execFile)(process.execPath, [
      ...['--expose-gc', '--import', 'tsx', script],
      ...[`http://127.0.0.1:${port}`, String(SIZE)],
    ]);
    extra = JSON.parse(stdout) as typeof extra;
  });

  after(() => {
    server.closeAllConnections();
    server.close();
  });

  for (const way of [
    'Buffer',
    'stream',
    'web stream',
    'URL',
    'to',
    'to, in a form',
  ]) {
    it(`is under ${MOST} MB for ${SIZE} MB: ${way}`, () => {
      expect(extra[way]).to.be.below(MOST);
    });
  }
});
