import { usageOf } from '../../src/broadcast/paced-runtime';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { downloadMedia, request, sendMessage } from '../../src/index';
import type { Operation, State } from '../../src/index';
import { collectLogs } from '../quiet';
import { rejects } from '../rejects';

const MB = 1024 * 1024;
const SENT = '{"messages":[{"id":"wamid.1"}]}';
const servers: Server[] = [];
const sockets = new Set<Socket>();

/** A server that writes whatever it likes as an answer. */
async function answering(answer: (socket: Socket) => void): Promise<State> {
  const server = createServer(socket => {
    sockets.add(socket.on('error', () => undefined));
    let isBegun = false;
    socket.on('data', () => {
      if (!isBegun) answer(socket);
      isBegun = true;
    });
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    configuration: {
      baseUrl: `http://127.0.0.1:${port}`,
      apiToken: 'T',
      phoneNumberId: '1',
    },
    data: {},
  } as unknown as State;
}

/** Writes as long as the other side reads. */
function flood(socket: Socket, piece: Buffer): void {
  const more = () => {
    while (!socket.destroyed && socket.write(piece));
    if (!socket.destroyed) socket.once('drain', more);
  };
  more();
}

const drip = (socket: Socket, piece: string) => {
  const timer = setInterval(() => socket.write(piece), 20);
  socket.on('close', () => clearInterval(timer));
};

const head = (status: number, ...headers: string[]) =>
  [`HTTP/1.1 ${status} Word`, ...headers, '', ''].join('\r\n');

const run = async (operation: Operation, state: State) =>
  (await collectLogs(async () => operation(state))).result as State;

const ONCE = { retry: false } as const;
const send = (options = {}) =>
  sendMessage('+15550100123', 'Hello', { ...ONCE, ...options });
const get = (options = {}) =>
  request('GET', '/1/items', undefined, { ...ONCE, ...options });

describe('an answer without end', function () {
  this.timeout(60_000);

  afterEach(() => {
    for (const socket of sockets) socket.destroy();
    sockets.clear();
    for (const server of servers.splice(0)) server.close();
  });

  for (const [form, headers] of [
    ['in one piece', [`content-length: ${100 * MB}`]],
    ['in chunks', []],
  ] as const) {
    const endless = () =>
      answering(socket => {
        socket.write(head(200, ...headers));
        flood(socket, Buffer.alloc(MB, ' '));
      });

    it(`stops after 16 MB: ${form}`, async () => {
      await rejects(run(get(), await endless()), {
        code: 'ANSWER_TOO_LARGE',
        sent: 'no',
      });
    });

    it(`leaves a send unconfirmed: ${form}`, async () => {
      await rejects(run(send(), await endless()), {
        code: 'SEND_UNCONFIRMED',
        statusCode: 200,
        sent: 'maybe',
      });
    });
  }

  it('may be longer when the job says so, or shorter', async () => {
    const large = `{"a":"${'x'.repeat(17 * MB)}"}`;
    const state = await answering(socket =>
      socket.end(head(200, 'connection: close') + large),
    );

    const { data } = await run(get({ maxSize: 20 * MB }), state);

    expect((data as { a: string }).a).to.have.length(17 * MB);
    await rejects(run(get({ maxSize: 10 }), state), {
      code: 'ANSWER_TOO_LARGE',
    });
    for (const maxSize of [0, '1', NaN]) {
      await rejects(run(get({ maxSize: maxSize as number }), state), {
        code: 'INVALID_OPTIONS',
      });
    }
  });

  it('is a refusal all the same when it refuses', async () => {
    for (const operation of [send(), get(), get({ parseAs: 'stream' })]) {
      const state = await answering(socket => {
        socket.write(head(400));
        flood(socket, Buffer.from('x'.repeat(MB)));
      });

      await rejects(run(operation, state), {
        code: 'REQUEST_REFUSED',
        statusCode: 400,
        sent: 'no',
      });
    }
  });

  it('is not taken for whole when the job takes a refusal for a success', async () => {
    const state = await answering(socket => {
      socket.write(head(404));
      flood(socket, Buffer.alloc(MB, ' '));
    });

    await rejects(run(get({ errors: false }), state), {
      code: 'ANSWER_TOO_LARGE',
    });
  });

  it('ends when it comes byte by byte for too long', async () => {
    const slow = () =>
      answering(socket => {
        socket.write(head(200, 'content-length: 1000000'));
        drip(socket, ' ');
      });

    await rejects(run(get({ timeout: 600 }), await slow()), {
      code: 'TIMEOUT',
      sent: 'no',
    });
    await rejects(run(send({ timeout: 600 }), await slow()), {
      code: 'SEND_UNCONFIRMED',
      sent: 'maybe',
    });
  });

  it('ends for a file too, after ten time-outs', async () => {
    const state = await answering(socket => {
      socket.write(head(200, 'content-length: 1000000'));
      drip(socket, ' ');
    });
    const { baseUrl } = state.configuration as { baseUrl: string };

    await rejects(
      run(downloadMedia(`${baseUrl}/file`, { timeout: 500, ...ONCE }), state),
      { code: 'TIMEOUT' },
    );
    await rejects(
      run(
        downloadMedia(`${baseUrl}/file`, {
          timeout: 500,
          to: 'http://127.0.0.1:1/',
          ...ONCE,
        }),
        state,
      ),
      { code: 'DOWNLOAD_FAILED' },
    );
  });

  it('ends when it has headers without end', async () => {
    const state = () =>
      answering(socket => {
        socket.write('HTTP/1.1 200 OK\r\n');
        flood(socket, Buffer.from(`x-a: ${'a'.repeat(1000)}\r\n`));
      });

    await rejects(run(get(), await state()), { code: 'ANSWER_TOO_LARGE' });
    await rejects(run(send(), await state()), { code: 'SEND_UNCONFIRMED' });
  });

  it('ends when informational answers do not', async () => {
    const state = () =>
      answering(socket => drip(socket, head(103, 'link: </a>')));

    await rejects(run(get(), await state()), { code: 'TIMEOUT' });
    await rejects(run(send(), await state()), { code: 'SEND_UNCONFIRMED' });
  });

  it('is not begun by an informational answer, whatever length that tells', async () => {
    for (const length of [5, 100 * MB]) {
      const informational = head(103, `content-length: ${length}`, 'x-a: b');
      for (const headers of [[`content-length: ${SENT.length}`], []]) {
        const state = await answering(socket =>
          socket.end(
            informational +
              informational +
              head(200, 'connection: close', ...headers) +
              SENT,
          ),
        );

        const { data } = await run(send(), state);
        expect(data).to.include({ messageId: 'wamid.1' });
        expect((await run(get(), state)).data).to.deep.equal(JSON.parse(SENT));
      }
    }
  });

  it('is told apart from one that is compressed, which nobody asked for', async () => {
    const state = await answering(socket => {
      socket.write(head(200, 'content-encoding: gzip', 'connection: close'));
      socket.end(gzipSync(SENT));
    });

    const error = await rejects(run(get(), state), {
      code: 'ANSWER_UNREADABLE',
    });

    expect(error.description).to.contain('is compressed');
  });

  it('may have usage headers nested however deep', () => {
    const deep = '[{"a":'.repeat(50_000) + '1' + '}]'.repeat(50_000);

    expect(usageOf({ 'x-app-usage': deep })).to.equal(undefined);
    expect(
      usageOf({ 'x-app-usage': '{"1":[{"call_count":28,"total_time":3}]}' }),
    ).to.equal(28);
  });
});
