import { expect } from 'chai';
import type { Call } from '../../src/graph/call';
import { withCarrier } from '../../src/graph/carrier';
import type { Carrier } from '../../src/graph/carrier';
import { exchange } from '../../src/graph/client';
import { collectLogs } from '../quiet';
import { fakeWorld, metaError } from './fake-world';

const configuration = { apiToken: 'T', phoneNumberId: '1' };
const call: Call = { method: 'POST', parts: ['1', 'messages'], body: { a: 1 } };

describe('a carrier', () => {
  it('gets every call, may change it, and sees what comes of it', async () => {
    const { world, requests } = fakeWorld({ body: { ok: true } });
    const carrier: Carrier = (call, go) => go({ ...call, body: { b: 2 } });

    const { result } = await collectLogs(() =>
      withCarrier(carrier, async () => {
        await Promise.resolve();
        return exchange(configuration, call, world);
      }),
    );

    expect(result.body).to.deep.equal({ ok: true });
    expect(requests.map(({ body }) => body)).to.deep.equal(['{"b":2}']);
  });

  it('may keep a call from being made', async () => {
    const { world, requests } = fakeWorld({});
    const carrier: Carrier = () => Promise.reject(new Error('held'));

    const error = await withCarrier(carrier, () =>
      exchange(configuration, call, world),
    ).catch((thrown: Error) => thrown);

    expect(error).to.have.property('message', 'held');
    expect(requests).to.have.length(0);
  });

  it('may alter the world: a turn before each try, a reason for each wait, other lines', async () => {
    const { world } = fakeWorld(metaError(130429), metaError(131056), {});
    const seen: unknown[] = [];
    const carrier: Carrier = (call, go) =>
      go(call, world => ({
        ...world,
        turn: () => Promise.resolve(void seen.push('turn')),
        sleep: (_, { metaCode }) => Promise.resolve(void seen.push(metaCode)),
        log: () => seen.push('line'),
      }));

    const { lines } = await collectLogs(() =>
      withCarrier(carrier, () => exchange(configuration, call, world)),
    );

    expect(seen).to.deep.equal([
      ...['turn', 'line', 130429],
      ...['turn', 'line', 131056],
      ...['turn', 'line'],
    ]);
    expect(lines).to.deep.equal([]);
  });

  it('is not there for what runs beside it', async () => {
    const { world, requests } = fakeWorld({});
    const carrier: Carrier = () => Promise.reject(new Error('held'));

    await collectLogs(() =>
      Promise.all([
        withCarrier(carrier, () => exchange(configuration, call, world)).catch(
          () => undefined,
        ),
        exchange(configuration, call, world),
      ]),
    );

    expect(requests).to.have.length(1);
  });
});
