import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { connect, createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Failure } from '../../src/core/errors';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const certificate = path('../fixtures/tls/certificate.pem');
const tls = {
  cert: readFileSync(certificate),
  key: readFileSync(path('../fixtures/tls/key.pem')),
};

const TOKEN = 'CANARY-TOKEN';
const PASSWORD = 'CANARY-PASSWORD';
const bytes = Buffer.from('%PDF-1.7 a leaflet');
const sha256 = createHash('sha256').update(bytes).digest('hex');

const servers: Server[] = [];
const sockets = new Set<Socket>();

async function listen(server: Server): Promise<number> {
  servers.push(server);
  server.on('connection', socket => {
    sockets.add(socket.on('error', () => undefined));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

type Seen = { host: string; method: string; url: string; token: string };

/** One server that stands for all of the internet. */
async function internet() {
  const seen: Seen[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = '', url = '', headers } = request;
    const { host = '', authorization: token = '' } = headers;
    seen.push({ host, method, url, token });
    await text(request);
    if (url.endsWith('/file')) return response.end(bytes);
    const body = {
      messages: [{ id: 'wamid.1' }],
      id: '7',
      url: 'https://lookaside.fbsbx.com/file',
      mime_type: 'application/pdf',
      sha256,
      data: [],
    };
    return response.end(JSON.stringify(body));
  };
  const port = await listen(createServer(tls, (q, s) => void answer(q, s)));
  return { seen, port };
}

type Refusal = { status: number } | { breaks: true } | undefined;

/** A proxy that leads every tunnel to the one server, and keeps what it could read. */
async function proxy(target: number, refusal?: Refusal) {
  const tunnels: { to: string; authorization?: string | undefined }[] = [];
  let plain = '';
  const server = createHttpServer((request, response) => {
    plain += `${request.method} ${request.url}`;
    response.writeHead(501).end();
  });
  server.on('connect', (request: IncomingMessage, socket: Socket) => {
    plain += JSON.stringify(request.headers);
    tunnels.push({
      to: request.url ?? '',
      authorization: request.headers['proxy-authorization'],
    });
    if (refusal && 'breaks' in refusal) return socket.destroy();
    if (refusal) {
      return socket.end(`HTTP/1.1 ${refusal.status} No\r\n\r\nCANARY-PAGE`);
    }
    const upstream = connect(target, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    sockets.add(upstream.on('error', () => socket.destroy()));
    return socket.on('error', () => upstream.destroy());
  });
  const port = await listen(server);
  return {
    tunnels,
    url: `http://127.0.0.1:${port}`,
    withPassword: `http://clinic:${PASSWORD}@127.0.0.1:${port}`,
    readable: () => plain,
  };
}

type Result = {
  data?: Record<string, unknown>;
  error?: Failure;
};

let child: ChildProcess | undefined;

const start = (env: Record<string, string>) =>
  fork(path('proxied-run.ts'), {
    execArgv: ['--import', 'tsx', '--no-warnings'],
    env: { PATH: process.env['PATH'], ...env },
  });

let hosts = 0;
/** An address of its own, as connections are kept for each. */
const newHost = () => `https://host-${++hosts}.hosts.example`;

/** Runs operations in a process of their own, with these variables. */
async function run(
  env: Record<string, string>,
  steps: unknown[][],
  configuration: object = { baseUrl: newHost() },
  process = (child ??= start({ NODE_EXTRA_CA_CERTS: certificate })),
) {
  process.send({
    env,
    configuration: { apiToken: TOKEN, phoneNumberId: '1', ...configuration },
    steps,
  });
  const [told] = (await once(process, 'message')) as [
    { results: Result[]; logs: string[] },
  ];
  expect(JSON.stringify(told)).not.to.contain('CANARY');
  return told;
}

const ONCE = { retry: false };
const send = ['sendMessage', '+15550100123', 'Hello', ONCE];

describe('a proxy that the environment names', () => {
  after(() => {
    child?.kill();
    child = undefined;
  });

  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
    for (const socket of sockets) socket.destroy();
    sockets.clear();
  });

  it('carries every request: to Meta, its media, other systems and the gateway', async () => {
    const { port, seen } = await internet();
    const { url, tunnels, readable } = await proxy(port);

    const { results } = await run(
      { HTTPS_PROXY: url },
      [
        send,
        ['uploadMedia', { content: 'https://files.example/file' }],
        ['downloadMedia', '7'],
        ['downloadMedia', '7', { to: 'https://files.example/x' }],
        ['listConversations'],
      ],
      { gatewayUrl: 'https://gateway.example', gatewayKey: 'K' },
    );

    expect(results.map(({ error }) => error)).to.deep.equal(
      results.map(() => undefined),
    );
    expect(new Set(tunnels.map(({ to }) => to))).to.deep.equal(
      new Set([
        'graph.facebook.com:443',
        'files.example:443',
        'lookaside.fbsbx.com:443',
        'gateway.example:443',
      ]),
    );
    expect(
      seen.map(({ method, host, url }) => `${method} ${host}${url}`),
    ).to.include.members([
      'POST graph.facebook.com/v25.0/1/messages',
      'GET files.example/file',
      'POST graph.facebook.com/v25.0/1/media',
      'GET lookaside.fbsbx.com/file',
      'PUT files.example/x',
    ]);
    // What the proxy itself can read are the names of hosts.
    expect(readable()).not.to.contain('CANARY');
    expect(seen[0]?.token).to.equal(`Bearer ${TOKEN}`);
  });

  it('is found under each of its names, and without http:// too', async () => {
    const { port } = await internet();

    for (const name of [
      'HTTPS_PROXY',
      'https_proxy',
      'HTTP_PROXY',
      'http_proxy',
    ]) {
      const { url, tunnels } = await proxy(port);
      const { results } = await run({ [name]: url.replace('http://', '') }, [
        send,
      ]);

      expect(results[0]?.data).to.include({ messageId: 'wamid.1' });
      expect(tunnels).to.have.length(1);
    }
  });

  it('is told its user name and password, which nobody else sees', async () => {
    const { port, seen } = await internet();
    const { withPassword, tunnels } = await proxy(port);

    const { results } = await run({ HTTPS_PROXY: withPassword }, [send]);

    expect(results[0]?.data).to.include({ messageId: 'wamid.1' });
    const basic = Buffer.from(`clinic:${PASSWORD}`).toString('base64');
    expect(tunnels[0]?.authorization).to.equal(`Basic ${basic}`);
    expect(JSON.stringify(seen)).not.to.contain(basic);
  });

  it('is passed by for the hosts of NO_PROXY', async () => {
    const { port, seen } = await internet();
    const { url, tunnels } = await proxy(port);
    const ports: number[] = [];
    const local = async () => {
      ports.push(
        await listen(
          createTcpServer(socket => {
            socket.pipe(connect(port, '127.0.0.1')).pipe(socket);
          }),
        ),
      );
      return `https://localhost:${ports.at(-1)}`;
    };

    for (const env of [
      { NO_PROXY: 'localhost,.example' },
      { no_proxy: 'localhost' },
      { NO_PROXY: '*' },
    ]) {
      const { results } = await run({ HTTPS_PROXY: url, ...env }, [send], {
        baseUrl: await local(),
      });
      expect(results[0]?.data).to.include({ messageId: 'wamid.1' });
    }

    expect(tunnels).to.deep.equal([]);
    expect(seen).to.have.length(3);
    // A host that is not named goes through it, on this computer as well.
    await run({ HTTPS_PROXY: url, NO_PROXY: 'files.example' }, [send], {
      baseUrl: await local(),
    });
    expect(tunnels.map(({ to }) => to)).to.deep.equal([
      `localhost:${ports.at(-1)}`,
    ]);
  });

  it('is not looked for when the variables are empty', async () => {
    const { port } = await internet();

    const { results } = await run({ HTTPS_PROXY: '', http_proxy: '' }, [send], {
      baseUrl: `https://localhost:${port}`,
    });

    expect(results[0]?.data).to.include({ messageId: 'wamid.1' });
  });

  const failures: [string, Refusal, string, boolean][] = [
    ['wants a password', { status: 407 }, 'PROXY_UNAUTHORIZED', false],
    ['does not let the host through', { status: 403 }, 'PROXY_FAILED', false],
    ['cannot reach the host', { status: 502 }, 'PROXY_FAILED', true],
    ['breaks the connection', { breaks: true }, 'PROXY_FAILED', true],
  ];
  for (const [name, refusal, code, retryable] of failures) {
    it(`fails a send that surely did not leave when it ${name}`, async () => {
      const { port, seen } = await internet();
      const { withPassword, url, tunnels } = await proxy(port, refusal);

      const { results, logs } = await run({ HTTPS_PROXY: withPassword }, [
        send,
        ['request', 'POST', 'messages', {}, { parseAs: 'stream', ...ONCE }],
        ['downloadMedia', '7', ONCE],
        ['uploadMedia', `${newHost()}/file`, ONCE],
      ]);

      for (const { error } of results) {
        expect(error).to.include({ code, retryable, sent: 'no' });
        expect(error?.fix).to.contain(url);
      }
      expect(tunnels).to.have.length(4);
      expect(seen).to.deep.equal([]);
      expect(logs[0]).to.match(
        new RegExp(`^POST messages ${code} in \\d+ ms$`),
      );
    });
  }

  it('is asked again when it could not be reached, but not for a password', async () => {
    const { port } = await internet();
    const again = { retry: { attempts: 3, delay: 1 } };
    const broken = await proxy(port, { status: 503 });
    const locked = await proxy(port, { status: 407 });

    for (const { url } of [broken, locked]) {
      await run({ HTTPS_PROXY: url }, [
        ['sendMessage', '+15550100123', 'Hello', again],
      ]);
    }

    expect(broken.tunnels).to.have.length(3);
    expect(locked.tunnels).to.have.length(1);
  });

  it('fails a send when it cannot be reached', async () => {
    const { results } = await run(
      { HTTPS_PROXY: `http://clinic:${PASSWORD}@127.0.0.1:1` },
      [send],
    );

    expect(results[0]?.error).to.include({
      code: 'PROXY_FAILED',
      retryable: true,
      sent: 'no',
    });
    expect(results[0]?.error?.fix).to.contain('http://127.0.0.1:1');
  });

  it('fails a send when it never answers', async () => {
    const port = await listen(createTcpServer());

    const { results } = await run({ HTTPS_PROXY: `http://127.0.0.1:${port}` }, [
      send,
    ]);

    expect(results[0]?.error).to.include({ code: 'PROXY_FAILED', sent: 'no' });
  });

  it('is an error before anything is sent when it is no address', async () => {
    for (const wrong of [
      'http://',
      'ftp://proxy.example',
      `http://a:%zz${PASSWORD}@127.0.0.1:1`,
    ]) {
      const { results } = await run({ HTTPS_PROXY: wrong }, [send]);

      expect(results[0]?.error).to.include({
        code: 'CONFIGURATION_INVALID',
        sent: 'no',
      });
      expect(results[0]?.error?.description).to.contain('HTTPS_PROXY');
    }
  });

  it('does not replace the certificate of the server', async () => {
    const { port } = await internet();
    const { url } = await proxy(port);

    const strict = start({});
    const { results } = await run(
      { HTTPS_PROXY: url },
      [send],
      undefined,
      strict,
    );
    strict.kill();

    expect(results[0]?.error).to.include({
      code: 'CONNECTION_UNTRUSTED',
      sent: 'no',
    });
    expect(results[0]?.error?.fix).to.contain('NODE_EXTRA_CA_CERTS');
  });
});
