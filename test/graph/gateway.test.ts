import { connect } from '../../src/core/client';
import { expect } from 'chai';
import { askGateway, listAtGateway } from '../../src/graph/gateway';
import { collectLogs } from '../quiet';
import { rejects } from '../rejects';
import { fakeRuntime, networkError } from './fake-runtime';
import type { Turn } from './fake-runtime';

const credential = {
  apiToken: 'META-TOKEN',
  gatewayUrl: 'https://gateway.example/whatsapp/',
  gatewayKey: 'KEY',
};
const client = connect(credential);

async function ask(
  turns: (Turn | Error)[],
  path = ['messages', 'a/b', 'status'],
) {
  const { runtime, requests } = fakeRuntime(...turns);
  const { result, lines } = await collectLogs(() =>
    askGateway(client, path, { retry: { attempts: 2 } }, runtime),
  );
  return { result, lines, requests };
}

describe('the gateway', () => {
  it('is asked at its own address, with its own key', async () => {
    const { result, requests, lines } = await ask([{ body: { ok: 1 } }]);

    expect(result.body).to.deep.equal({ ok: 1 });
    expect(requests[0]).to.deep.include({
      method: 'GET',
      origin: 'https://gateway.example',
      path: '/whatsapp/messages/a%2Fb/status',
    });
    expect(requests[0]?.headers['authorization']).to.equal('Bearer KEY');
    expect(lines.join()).not.to.match(/KEY|META|a%2Fb/);
  });

  it('is asked for up to a thousand at once', async () => {
    const { runtime, requests } = fakeRuntime(
      { body: { data: [1], paging: { after: 'c' } } },
      { body: { data: [2], paging: {} } },
    );

    const { result } = await collectLogs(() =>
      listAtGateway(client, ['messages'], {}, { limit: 1001 }, runtime),
    );

    expect(result.items).to.deep.equal([1, 2]);
    expect(requests.map(({ path }) => path)).to.deep.equal([
      '/whatsapp/messages?limit=1000',
      '/whatsapp/messages?limit=1000&after=c',
    ]);
  });

  it('is not another server that answers', async () => {
    const { runtime } = fakeRuntime({ body: { message: 'Webhook found.' } });

    await rejects(
      collectLogs(() =>
        listAtGateway(client, ['messages'], {}, { limit: 1 }, runtime),
      ),
      { code: 'GATEWAY_UNAVAILABLE', sent: 'no' },
    );
  });

  it('may say that it does not know a message', async () => {
    const body = { error: { code: 'UNKNOWN_MESSAGE' } };

    const { result } = await ask([{ statusCode: 404, body }]);

    expect(result.statusCode).to.equal(404);
  });

  it('is asked again after a failure', async () => {
    const { requests } = await ask([{ statusCode: 503, body: '' }, {}]);

    expect(requests).to.have.length(2);
  });

  const failures: [string, Turn | Error, string, boolean][] = [
    ['a wrong key', { statusCode: 401, body: {} }, 'NOT_AUTHORIZED', false],
    ['no key at all', { statusCode: 403, body: {} }, 'NOT_AUTHORIZED', false],
    [
      'a value that it cannot read',
      { statusCode: 400, body: { error: { code: 'BAD_PARAMETER' } } },
      'REQUEST_REFUSED',
      false,
    ],
    [
      'another server in its place',
      { statusCode: 404, body: '<html>' },
      'GATEWAY_UNAVAILABLE',
      false,
    ],
    [
      'a database that is down',
      { statusCode: 503, body: {} },
      'GATEWAY_UNAVAILABLE',
      true,
    ],
    ['nobody there', networkError('ECONNREFUSED'), 'GATEWAY_UNAVAILABLE', true],
  ];
  for (const [name, turn, code, retryable] of failures) {
    it(`is told apart: ${name}`, async () => {
      const error = await rejects(ask([turn]), { code, retryable, sent: 'no' });

      expect(error.message).not.to.match(/Meta|baseUrl/);
    });
  }

  for (const [name, further, code] of [
    ['without an address', { gatewayUrl: '' }, 'CONFIGURATION_MISSING'],
    ['without a key', { gatewayKey: '' }, 'CONFIGURATION_MISSING'],
    [
      'at an address that is none',
      { gatewayUrl: 'gateway' },
      'CONFIGURATION_INVALID',
    ],
    [
      'in plain text',
      { gatewayUrl: 'http://gateway.example' },
      'CONFIGURATION_INVALID',
    ],
  ] as const) {
    it(`is not asked ${name}`, async () => {
      const { runtime, requests } = fakeRuntime({});
      const given = Object.fromEntries(
        Object.entries({ ...credential, ...further }).filter(
          ([, value]) => value !== '',
        ),
      );
      const asked = (async () =>
        listAtGateway(
          connect(given),
          ['messages'],
          {},
          { limit: 1 },
          runtime,
        ))();

      await rejects(asked, { code });
      expect(requests).to.have.length(0);
    });
  }

  it('keeps the words for bad options', async () => {
    const { runtime } = fakeRuntime({});

    await rejects(askGateway(client, ['messages'], { timeout: -1 }, runtime), {
      code: 'INVALID_OPTIONS',
    });
  });
});
