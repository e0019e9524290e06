import { connect } from '../../src/core/client';
import {
  bodyOf,
  canBeSentAgain,
  contentOfBytes,
  contentOfPieces,
} from '../../src/graph/content';
import { bytesOf } from '../../src/graph/form';
import type { WireRequest } from '../../src/graph/wire';
import { sendRequest } from '../../src/graph/send-request';
import { Readable } from 'node:stream';
import { expect } from 'chai';
import { collectLogs } from '../quiet';
import { rejects } from '../rejects';
import { fakeRuntime, networkError } from './fake-runtime';

const client = connect({ apiToken: 'T' });
const piece = Buffer.from('piece');

/** A runtime whose server reads the body before it takes its turn. */
function readingWorld(...turns: Parameters<typeof fakeRuntime>) {
  const { runtime, requests } = fakeRuntime(...turns);
  const bodies: string[] = [];
  const transport = async (request: WireRequest) => {
    const pieces = request.body as AsyncIterable<Uint8Array>;
    let body = '';
    for await (const each of pieces) body += Buffer.from(each).toString();
    bodies.push(body);
    return runtime.transport(request);
  };
  return { runtime: { ...runtime, transport }, requests, bodies };
}

const post = (body: unknown, runtime: Parameters<typeof sendRequest>[2]) =>
  collectLogs(() =>
    sendRequest(
      client,
      { method: 'POST', parts: ['1'], body, isIdempotent: true },
      runtime,
    ),
  );

describe('a body that is made while it is sent', () => {
  it('goes out again from memory, whole', async () => {
    const { runtime, bodies } = readingWorld({ statusCode: 503 }, {});

    await post(bodyOf(contentOfBytes(piece), 'a/b'), runtime);

    expect(bodies).to.deep.equal(['piece', 'piece']);
  });

  it('does not go out again once a stream was read', async () => {
    for (const body of [
      bodyOf(contentOfPieces([piece]), 'a/b'),
      Readable.from([piece]),
    ]) {
      const { runtime, bodies } = readingWorld({ statusCode: 503 }, {});

      await rejects(post(body, runtime), { statusCode: 503 });

      expect(bodies).to.deep.equal(['piece']);
    }
  });

  it('goes out again as long as nothing was read', async () => {
    for (const body of [
      bodyOf(contentOfPieces([piece]), 'a/b'),
      Readable.from([piece]),
    ]) {
      const { runtime, requests } = fakeRuntime(
        networkError('ECONNREFUSED'),
        {},
      );

      await post(body, runtime);

      expect(requests).to.have.length(2);
    }
  });

  it('tells its type and its length, which no header of the job changes', async () => {
    const { runtime, requests } = fakeRuntime({});

    await collectLogs(() =>
      sendRequest(
        client,
        {
          method: 'POST',
          parts: ['1'],
          body: bodyOf(contentOfBytes(piece), 'image/png'),
          headers: { 'content-type': 'text/plain' },
        },
        runtime,
      ),
    );

    expect(requests[0]!.headers).to.include({
      'content-type': 'image/png',
      'content-length': '5',
    });
  });

  it('keeps no words that an error could repeat, but those of its fields', () => {
    expect(canBeSentAgain('text')).to.equal(true);
    expect(canBeSentAgain(undefined)).to.equal(true);
    expect(canBeSentAgain(piece)).to.equal(true);
  });
});

describe('a stream', () => {
  const bytes = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  const read = async (stream: Readable) => {
    const pieces: Uint8Array[] = [];
    for await (const each of bytesOf(stream)) pieces.push(each);
    return Buffer.concat(pieces);
  };

  for (const encoding of ['base64', 'base64url', 'hex', 'latin1'] as const) {
    it(`gives the same bytes when it writes them in ${encoding}`, async () => {
      const stream = new Readable({ read: () => undefined });
      stream.setEncoding(encoding);
      for (const byte of bytes) stream.push(Buffer.of(byte));
      stream.push(null);

      expect(await read(stream)).to.deep.equal(bytes);
    });
  }

  it('gives no piece that a slow line would take too long for', async () => {
    const large = Buffer.alloc(1_000_000, 'a photo ');
    const pieces: Uint8Array[] = [];

    for await (const each of bytesOf(Readable.from([large]))) {
      pieces.push(each);
    }

    expect(pieces.every(({ length }) => length <= 256 * 1024)).to.equal(true);
    expect(Buffer.concat(pieces).equals(large)).to.equal(true);
  });

  it('gives the same bytes whatever view of them it gives', async () => {
    const { buffer } = Uint8Array.from(bytes);
    const views = [new Uint16Array(buffer), new DataView(buffer)];

    for (const view of views) {
      expect(await read(Readable.from([view]))).to.deep.equal(bytes);
    }
  });
});
