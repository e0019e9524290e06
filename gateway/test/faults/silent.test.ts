import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { expect } from 'chai';
import { startGateway, stopGateways } from '../support/gateways';
import { newId, post, textWebhook } from '../support/payloads';
import { storedIds } from '../support/stored';
import { sleep, until } from '../support/waiting';

const HEADERS = 'POST /webhook HTTP/1.1\r\nHost: gateway\r\n';
const UNKNOWN = `${HEADERS}Transfer-Encoding: chunked\r\n\r\n`;
const LARGE = `${HEADERS}Content-Length: 3000000\r\n\r\n`;

/** What a client may do that never sends a whole request. */
const CLIENTS: [string, number, (socket: Socket) => void][] = [
  [
    '43 that announce a body of unknown size and say nothing',
    43,
    socket => socket.write(UNKNOWN),
  ],
  [
    '500 that announce a body of unknown size and say nothing',
    500,
    socket => socket.write(UNKNOWN),
  ],
  [
    '500 that announce 3 MB and say nothing',
    500,
    socket => socket.write(LARGE),
  ],
  ['500 that say nothing at all', 500, () => undefined],
  ['500 that do not end their headers', 500, socket => socket.write(HEADERS)],
  [
    '100 that send all of 3 MB but the end',
    100,
    socket => socket.write(LARGE + 'x'.repeat(2_900_000)),
  ],
  ['500 that send a byte a second', 500, drip],
];

function drip(socket: Socket): void {
  socket.write(LARGE);
  const timer = setInterval(() => socket.write('x'), 1000);
  socket.once('close', () => clearInterval(timer));
}

describe('slow and silent connections', () => {
  const sockets: Socket[] = [];

  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.destroy();
    await stopGateways();
  });

  async function open(
    url: string,
    count: number,
    talk: (socket: Socket) => void,
  ) {
    const { port } = new URL(url);
    const opened = Array.from({ length: count }, async () => {
      const socket = connect(Number(port), '127.0.0.1');
      sockets.push(socket);
      // The gateway hangs up on them, and may do so while they send.
      socket.on('error', () => undefined).resume();
      await new Promise(resolve => socket.once('connect', resolve));
      talk(socket);
      return socket;
    });
    return Promise.all(opened);
  }

  for (const [what, count, talk] of CLIENTS) {
    it(`keep no webhook out: ${what}`, async () => {
      const { url } = await startGateway();
      const silent = await open(url, count, talk);
      const ids = Array.from({ length: 40 }, () => newId());

      const answers: number[] = [];
      for (const id of ids) {
        const response = await post(url, textWebhook('Hello', { id }));
        answers.push(response.status);
        await sleep(10);
      }

      expect(answers).to.deep.equal(ids.map(() => 200));
      expect(await storedIds(url)).to.have.members(ids);
      expect(silent).to.have.length(count);
    });
  }

  it('are closed after some seconds', async () => {
    const { url } = await startGateway();
    const all = await Promise.all([
      open(url, 5, () => undefined),
      open(url, 5, socket => socket.write(HEADERS)),
      open(url, 5, socket => socket.write(UNKNOWN)),
      open(url, 5, drip),
    ]);

    await until(() => all.flat().every(one => one.closed), 'closing', 60_000);
  });

  it('are told that a body is too large, and closed, also when they go on', async () => {
    const { url } = await startGateway();
    let answer = '';

    const [socket] = await open(url, 1, client => {
      client.on('data', chunk => (answer += chunk.toString()));
      client.write(`${HEADERS}Content-Length: 9000000\r\n\r\n`);
      client.write('x'.repeat(5_000_000));
    });

    await until(() => socket?.closed, 'closing');
    expect(answer)
      .to.match(/^HTTP\/1\.1 413 /)
      .and.include('TOO_LARGE');
    expect(answer.toLowerCase()).to.include('connection: close');
  });

  it('may go on with the same connection when they have sent all of a body that is too large', async () => {
    const { url } = await startGateway();
    let answer = '';
    await open(url, 1, client => {
      client.on('data', chunk => (answer += chunk.toString()));
      client.write(`${HEADERS}Content-Length: 4000000\r\n\r\n`);
      client.write('x'.repeat(4_000_000));
    });
    await until(() => answer.includes('TOO_LARGE'), 'a 413');

    sockets[0]?.write('GET /livez HTTP/1.1\r\nHost: gateway\r\n\r\n');

    await until(() => answer.includes('HTTP/1.1 200 '), 'a 200');
  });
});
