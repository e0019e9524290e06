import { connect } from '../../src/core/client';
import { sendRequest } from '../../src/graph/send-request';
import { expect } from 'chai';
import { interceptors } from '../../src/graph/api-request';
import type { ApiRequest, Interceptor } from '../../src/graph/api-request';
import { collectLogs } from '../quiet';
import { fakeRuntime, metaError } from './fake-runtime';

const client = connect({ apiToken: 'T', phoneNumberId: '1' });
const call: ApiRequest = {
  method: 'POST',
  parts: ['1', 'messages'],
  body: { a: 1 },
};

describe('an interceptor', () => {
  it('gets every call, may change it, and sees what comes of it', async () => {
    const { runtime, requests } = fakeRuntime({ body: { ok: true } });
    const interceptor: Interceptor = (call, go) =>
      go({ ...call, body: { b: 2 } });

    const { result } = await collectLogs(() =>
      interceptors.run(interceptor, async () => {
        await Promise.resolve();
        return sendRequest(client, call, runtime);
      }),
    );

    expect(result.body).to.deep.equal({ ok: true });
    expect(requests.map(({ body }) => body)).to.deep.equal(['{"b":2}']);
  });

  it('may keep a call from being made', async () => {
    const { runtime, requests } = fakeRuntime({});
    const interceptor: Interceptor = () => Promise.reject(new Error('held'));

    const error = await interceptors
      .run(interceptor, () => sendRequest(client, call, runtime))
      .catch((thrown: Error) => thrown);

    expect(error).to.have.property('message', 'held');
    expect(requests).to.have.length(0);
  });

  it('may alter the runtime: a turn before each try, a reason for each wait, other lines', async () => {
    const { runtime } = fakeRuntime(metaError(130429), metaError(131056), {});
    const seen: unknown[] = [];
    const interceptor: Interceptor = (call, go) =>
      go(call, runtime => ({
        ...runtime,
        waitForLeave: () => Promise.resolve(void seen.push('turn')),
        sleep: (_, { metaCode }) => Promise.resolve(void seen.push(metaCode)),
        log: () => seen.push('line'),
      }));

    const { lines } = await collectLogs(() =>
      interceptors.run(interceptor, () => sendRequest(client, call, runtime)),
    );

    expect(seen).to.deep.equal([
      ...['turn', 'line', 130429],
      ...['turn', 'line', 131056],
      ...['turn', 'line'],
    ]);
    expect(lines).to.deep.equal([]);
  });

  it('is not there for what runs beside it', async () => {
    const { runtime, requests } = fakeRuntime({});
    const interceptor: Interceptor = () => Promise.reject(new Error('held'));

    await collectLogs(() =>
      Promise.all([
        interceptors
          .run(interceptor, () => sendRequest(client, call, runtime))
          .catch(() => undefined),
        sendRequest(client, call, runtime),
      ]),
    );

    expect(requests).to.have.length(1);
  });
});
