import { connect } from '../../src/core/client';
import { BrokenResponse, NeverBegun } from '../../src/graph/wire';
import type { Transport } from '../../src/graph/wire';
import { sendRequest } from '../../src/graph/send-request';
import { inspect } from 'node:util';
import { expect } from 'chai';
import type { WhatsAppError } from '../../src/core/errors';
import type { ApiRequest } from '../../src/graph/api-request';
import { collectLogs } from '../quiet';
import { rejects } from '../rejects';
import { fakeRuntime, metaError, networkError } from './fake-runtime';
import type { Turn } from './fake-runtime';

const client = connect({ apiToken: 'CANARY-TOKEN', phoneNumberId: '123' });
const post: ApiRequest = {
  method: 'POST',
  parts: ['123', 'messages'],
  body: { to: '+15550100999', text: { body: 'CANARY-TEXT' } },
};
const get: ApiRequest = { method: 'GET', parts: ['123'] };

const run = (call: ApiRequest, ...turns: (Turn | Error)[]) => {
  const fake = fakeRuntime(...turns);
  const result = collectLogs(() => sendRequest(client, call, fake.runtime));
  return { ...fake, result };
};

describe('sendRequest', () => {
  it('sends the token in one header, JSON in the body, and nothing else', async () => {
    const { requests, result } = run(post, { body: { ok: true } });

    await result;

    expect(requests).to.deep.equal([
      {
        method: 'POST',
        origin: 'https://graph.facebook.com',
        path: '/v25.0/123/messages',
        headers: {
          'user-agent': 'openfn-language-whatsapp',
          'content-type': 'application/json',
          authorization: 'Bearer CANARY-TOKEN',
        },
        body: '{"to":"+15550100999","text":{"body":"CANARY-TEXT"}}',
        timeout: 30_000,
        connectTimeout: undefined,
        tls: undefined,
        isStreamed: false,
        needsHeaders: undefined,
        maxSize: undefined,
      },
    ]);
  });

  it('gives the answer with its facts', async () => {
    const { result } = run(post, { body: { ok: true }, headers: { a: 'b' } });

    expect((await result).result).to.deep.equal({
      method: 'POST',
      path: '/v25.0/123/messages',
      statusCode: 200,
      statusMessage: 'OK',
      headers: { a: 'b' },
      duration: 0,
      attempts: 1,
      body: { ok: true },
    });
  });

  it('logs one line, without contents, IDs or query', async () => {
    const { result } = run({ ...get, query: { q: 'CANARY' } }, {});

    expect((await result).lines).to.deep.equal(['GET * 200 in 0 ms']);
  });

  describe('repeats a send', () => {
    for (const code of [4, 80007, 130429, 131056, 131057]) {
      it(`that Meta refused with ${code}`, async () => {
        const { requests, result } = run(post, metaError(code), {});

        expect((await result).result.attempts).to.equal(2);
        expect(requests).to.have.length(2);
        expect(requests[0]).to.deep.equal(requests[1]);
      });
    }

    const neverLeft = [
      networkError('ECONNREFUSED', { syscall: 'connect' }),
      networkError('ENOTFOUND', { syscall: 'getaddrinfo' }),
      networkError('EAI_AGAIN'),
      networkError('EHOSTUNREACH', { syscall: 'connect' }),
      networkError('UND_ERR_CONNECT_TIMEOUT'),
      networkError('', {
        errors: [networkError('ECONNREFUSED'), networkError('ENOTFOUND')],
      }),
      new NeverBegun(networkError('ECONNRESET')),
    ];
    for (const error of neverLeft) {
      it(`that never left: ${error.message || 'no address answered'}`, async () => {
        const { requests, result } = run(post, error, {});

        await result;

        expect(requests).to.have.length(2);
      });
    }

    it('that was answered with 429, whatever the body says', async () => {
      const { waits, result } = run(
        post,
        { statusCode: 429, body: '<html>', headers: { 'retry-after': '3' } },
        {},
      );

      await result;

      expect(waits).to.deep.equal([3000]);
    });

    it('four times at most', async () => {
      const { requests, result } = run(post, metaError(130429));

      await rejects(result, {
        code: 'RATE_LIMITED',
        metaCode: 130429,
        retryable: true,
        sent: 'no',
      });
      expect(requests).to.have.length(4);
    });
  });

  describe('never repeats a send', () => {
    const unknown: [string, Turn | Error][] = [
      ['a time-out', networkError('UND_ERR_HEADERS_TIMEOUT')],
      ['a reset', networkError('ECONNRESET', { syscall: 'read' })],
      ['a closed socket', networkError('UND_ERR_SOCKET')],
      ['a broken pipe', networkError('EPIPE', { syscall: 'write' })],
      [
        'one address that refused and one that reset',
        networkError('', {
          errors: [networkError('ECONNREFUSED'), networkError('ECONNRESET')],
        }),
      ],
      [
        'an answer that broke off',
        new BrokenResponse(200, networkError('ECONNRESET')),
      ],
      ['a 500 without a body', { statusCode: 500, body: '' }],
      ['a 502 of a proxy', { statusCode: 502, body: '<html>' }],
      ['a 408', { statusCode: 408, body: '' }],
      ['code 1', metaError(1)],
      ['code 2', metaError(2, { statusCode: 503 })],
      ['code 131000', metaError(131000, { statusCode: 500 })],
      ['code 131016', metaError(131016, { statusCode: 500 })],
      ['an unknown code with a 5xx', metaError(999999, { statusCode: 500 })],
      ['a success that is an HTML page', { body: '<html>' }],
      ['a success that is broken JSON', { body: '{"messages":' }],
    ];
    for (const [name, turn] of unknown) {
      it(`after ${name}, and says that the outcome is unknown`, async () => {
        const { requests, result } = run(post, turn, {});

        const error = await rejects(result, {
          code: 'SEND_UNCONFIRMED',
          sent: 'maybe',
          retryable: false,
        });
        expect(error.description).to.contain('nobody knows');
        expect(requests).to.have.length(1);
      });
    }

    const final: [string, Turn | Error, string][] = [
      ['a wrong parameter', metaError(131009), 'REQUEST_REFUSED'],
      [
        'a token that ended',
        metaError(190, { statusCode: 401 }),
        'NOT_AUTHORIZED',
      ],
      [
        'a permanent code with a 5xx',
        metaError(131045, { statusCode: 500 }),
        'ACCOUNT_NOT_READY',
      ],
      ['an unknown code', metaError(999999), 'REQUEST_REFUSED'],
      [
        'a 400 that is no JSON',
        { statusCode: 400, body: 'no' },
        'REQUEST_REFUSED',
      ],
      ['a redirect', { statusCode: 302, body: '' }, 'REQUEST_REFUSED'],
      [
        'an untrusted certificate',
        new NeverBegun(networkError('CERT_HAS_EXPIRED')),
        'CONNECTION_UNTRUSTED',
      ],
      [
        'what undici does not take',
        new NeverBegun(networkError('UND_ERR_INVALID_ARG')),
        'INVALID_REQUEST',
      ],
      ['a wait that no run can make', metaError(134101), 'MARKETING_REFUSED'],
    ];
    for (const [name, turn, code] of final) {
      it(`after ${name}, which is ${code}`, async () => {
        const { requests, result } = run(post, turn, {});

        await rejects(result, { code, sent: 'no' });
        expect(requests).to.have.length(1);
      });
    }

    it('when retry is false', async () => {
      const call = { ...post, retry: false as const };
      const { requests, result } = run(call, metaError(130429), {});

      await rejects(result, { code: 'RATE_LIMITED' });
      expect(requests).to.have.length(1);
    });
  });

  it('repeats what is unknown when the job widens retry', async () => {
    const call = { ...post, retry: { on: 'all' as const } };
    const { requests, result } = run(call, networkError('ECONNRESET'), {});

    await result;

    expect(requests).to.have.length(2);
  });

  it('does not forget that a send may have gone out before its last try', async () => {
    const call = { ...post, retry: { on: 'transient' as const } };
    const { requests, result } = run(
      call,
      networkError('UND_ERR_HEADERS_TIMEOUT'),
      metaError(190),
    );

    await rejects(result, { code: 'SEND_UNCONFIRMED', sent: 'maybe' });
    expect(requests).to.have.length(2);
  });

  it('repeats a read after a time-out, and after a 5xx', async () => {
    const { requests, result } = run(
      get,
      networkError('UND_ERR_HEADERS_TIMEOUT'),
      { statusCode: 503, body: '' },
      {},
    );

    expect((await result).result.attempts).to.equal(3);
    expect(requests).to.have.length(3);
  });

  it('tells a read that timed out from a lost connection', async () => {
    const call = { ...get, retry: false as const };

    await rejects(run(call, networkError('UND_ERR_HEADERS_TIMEOUT')).result, {
      code: 'TIMEOUT',
      sent: 'no',
    });
    await rejects(run(call, networkError('ECONNRESET')).result, {
      code: 'CONNECTION_LOST',
    });
  });

  it('refuses a time-out that is no number of milliseconds', async () => {
    for (const timeout of [0, -1, NaN, Infinity, '30000' as never]) {
      const { requests, result } = run({ ...get, timeout });

      await rejects(result, { code: 'INVALID_OPTIONS', sent: 'no' });
      expect(requests).to.be.empty;
    }
  });

  it('says what a read got in the place of JSON', async () => {
    const error = await rejects(run(get, { body: ' <!doctype html>' }).result, {
      code: 'ANSWER_UNREADABLE',
    });
    expect(error.description).to.contain('an HTML page');
  });

  it('says that a refusal is JSON, but not of the API', async () => {
    const body = { error: 'Unauthorized' };
    const { result } = run(post, { statusCode: 401, body });

    const { description } = await rejects(result);
    expect(description).to.contain('401 with JSON of another kind');
  });

  it('gives text and base64 as they came', async () => {
    const body = Buffer.from([0xff, 0x00]);
    const base64 = run({ ...get, parseAs: 'base64' }, { body });
    const words = run({ ...get, parseAs: 'text' }, { body: 'x' });

    expect((await base64.result).result.body).to.equal('/wA=');
    expect((await words.result).result.body).to.equal('x');
  });

  it("reads JSON as JSON and the rest as text with parseAs: 'auto'", async () => {
    const read = async (type: string | undefined, body: unknown) => {
      const headers = type === undefined ? {} : { 'content-type': type };
      const { result } = run({ ...get, parseAs: 'auto' }, { body, headers });
      return (await result).result.body;
    };
    const json = 'application/json; charset=utf-8';

    expect(await read(json, '{"id":"1"}')).to.deep.equal({ id: '1' });
    expect(await read('text/csv', 'id\n1')).to.equal('id\n1');
    expect(await read('text/javascript', '{"id":"1"}')).to.equal('{"id":"1"}');
    expect(await read(undefined, '{"id":"1"}')).to.deep.equal({ id: '1' });
    expect(await read(json, '')).to.equal(null);
    expect(await read('text/csv', '')).to.equal(null);
    await rejects(read(json, '<html>'), { code: 'ANSWER_UNREADABLE' });
  });

  it("carries Meta's facts on the error, cleared of what was sent", async () => {
    const { result } = run(
      post,
      metaError(131009, {
        details: 'CANARY-TEXT for +1 555 0100 999 is wrong',
        error_subcode: 33,
      }),
    );

    const error = await rejects(result, {
      statusCode: 400,
      metaCode: 131009,
      metaSubcode: 33,
      metaMessage: '(#131009) A title: *** for *** is wrong',
      traceId: 'TRACE',
    });
    expect(error.description).to.match(/^[A-Z].* Meta says: /);
  });

  it('finds the codes that come as a subcode of 100', async () => {
    const { result } = run(post, metaError(100, { error_subcode: 2388040 }));

    await rejects(result, { metaCode: 100, code: 'TEMPLATE_REFUSED' });
  });

  it('takes no subcode for the code 0, which is about the token', async () => {
    const { result } = run(post, metaError(100, { error_subcode: 0 }));

    await rejects(result, { metaCode: 100, code: 'REQUEST_REFUSED' });
  });

  it('does not know what became of a send after a 5xx without a code', async () => {
    const body = { error: { code: '', message: 'Failed' } };
    const { result } = run(post, { statusCode: 502, body });

    await rejects(result, { code: 'SEND_UNCONFIRMED', sent: 'maybe' });
  });

  it('keeps the words of Meta for a code that it does not know', async () => {
    const { result } = run(post, metaError(999999, { details: 'Try tea' }));

    const error = await rejects(result, { metaCode: 999999 });
    expect(error.description).to.contain('A title: Try tea.');
  });

  it('leaks neither token, text nor number into errors and logs', async () => {
    const turns = [
      metaError(131009, { details: 'CANARY-TEXT CANARY-TOKEN' }),
      { statusCode: 500, body: 'CANARY-TEXT +15550100999' },
      { body: '<p>CANARY-TEXT' },
      networkError('ECONNRESET'),
    ];
    for (const turn of turns) {
      const lines: string[] = [];
      const original = console.log;
      console.log = (line: string) => lines.push(line);
      const error = await rejects(
        sendRequest(client, post, fakeRuntime(turn).runtime),
      ).finally(() => (console.log = original));
      const told = [JSON.stringify(error), error.message, ...lines].join();
      expect(told).not.to.match(/CANARY|15550100999/);
      expect(lines).to.have.length(1);
    }
  });

  for (const length of [4096, 13_000, 1_000_000]) {
    it(`keeps what is certain of a text of ${length} letters, and not the text`, async () => {
      const body = {
        to: '+15550100999',
        text: { body: 'Amina! '.repeat(length / 7) },
      };
      const details = `Too long: ${body.text.body}`;
      const turns: [Turn, Partial<WhatsAppError>][] = [
        [
          metaError(131009, { details }),
          { code: 'REQUEST_REFUSED', sent: 'no' },
        ],
        [
          metaError(131000, { details, statusCode: 500 }),
          { code: 'SEND_UNCONFIRMED', sent: 'maybe' },
        ],
      ];
      for (const [turn, expected] of turns) {
        const error = await rejects(run({ ...post, body }, turn).result, {
          ...expected,
          traceId: 'TRACE',
        });

        expect(error.metaMessage).to.match(/A title: Too long: \*\*\*/);
        expect(inspect(error)).not.to.contain('Amina');
      }
    });
  }

  it("drops Meta's words, and nothing else, when they cannot be cleared", async () => {
    let isOut = false;
    const body = {
      get text() {
        if (isOut) throw new SyntaxError('CANARY-TEXT');
        return 'CANARY-TEXT';
      },
    };
    const fake = fakeRuntime(
      metaError(131000, { details: 'CANARY-TEXT', statusCode: 500 }),
    );
    const transport: Transport = request => {
      isOut = true;
      return fake.runtime.transport(request);
    };
    const result = collectLogs(() =>
      sendRequest(client, { ...post, body }, { ...fake.runtime, transport }),
    );

    const error = await rejects(result, {
      code: 'SEND_UNCONFIRMED',
      sent: 'maybe',
      statusCode: 500,
      metaCode: 131000,
      traceId: 'TRACE',
    });
    expect(error).not.to.have.property('metaMessage');
    expect(inspect(error, { showHidden: true })).not.to.contain('CANARY');
  });

  it('keeps a code that was sent by chance, and no number in the place of one', async () => {
    const body = { code: '131009', other: '4711', phone: '+15550100999' };
    const answer = (code: number | string, fbtrace_id: string): Turn => ({
      statusCode: 400,
      body: { error: { message: 'No', code, fbtrace_id } },
    });

    const known = run({ ...post, body }, answer(131009, 'AbC-1_2'));
    const chance = run({ ...post, body }, answer(4711, '4711'));
    const phone = run({ ...post, body }, answer('15550100999', '15550100999'));

    await rejects(known.result, { metaCode: 131009, traceId: 'AbC-1_2' });
    for (const { result } of [chance, phone]) {
      const error = await rejects(result, { code: 'REQUEST_REFUSED' });
      expect(error).not.to.have.any.keys('metaCode', 'traceId');
    }
  });

  it('shows no wait that is a phone number', async () => {
    const headers = { 'retry-after': '15550100999' };
    const { requests, result } = run(post, { statusCode: 429, headers });

    const error = await rejects(result, { code: 'RATE_LIMITED' });
    expect(error).not.to.have.property('retryAfter');
    expect(requests).to.have.length(1);
  });
});
