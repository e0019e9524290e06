import { expect } from 'chai';
import { newDataFolder } from '../support/folders';
import { ask } from '../support/gateways';
import { post, sign, textWebhook } from '../support/payloads';
import { GatewayProcess, killGateways } from '../support/processes';
import { storedIds } from '../support/stored';

const REQUESTS = 10_000;
const AT_ONCE = 50;

const GOOD = textWebhook('Hello');

const HUGE = 'x'.repeat(4 * 1024 * 1024);

/** Signed, so Meta's, though nothing can be read in it: it is kept aside. */
const UNREADABLE = [
  GOOD.slice(0, -5),
  '{"entry":'.repeat(100),
  '['.repeat(50_000),
  '',
  '\0\xff',
];

/** What a scanner, a broken proxy or somebody who means harm may send. */
const BAD: ((url: string) => Promise<Response>)[] = [
  url => post(url, GOOD, ''),
  url => post(url, GOOD, sign(GOOD, 'wrong')),
  url => post(url, GOOD, `sha256=${'0'.repeat(64)}`),
  url => post(url, GOOD, 'sha1=abc'),
  url => post(url, HUGE),
  url => fetch(`${url}/webhook`),
  url => fetch(`${url}/webhook?hub.mode=subscribe&hub.verify_token=guess`),
  url =>
    fetch(`${url}/messages`, { headers: { authorization: 'Bearer guess' } }),
  url => fetch(`${url}/%00/..%2f..%2f`),
  url => fetch(`${url}/events/'%20OR%201=1/retry`, { method: 'POST' }),
];

describe('ten thousand requests that mean nothing good', () => {
  afterEach(killGateways);

  it('are refused or kept aside, no event is stored, and the gateway is well', async () => {
    const gateway = await new GatewayProcess({
      GATEWAY_DATA: await newDataFolder(),
      FORWARD: 'none',
    }).ready();
    const { url } = gateway;
    const numbers = Array.from({ length: REQUESTS }, (_, i) => i).values();
    let accepted = 0;
    let unreadable = 0;
    const send = (i: number) => {
      const kind = i % 15;
      const body = UNREADABLE[kind - 10];
      if (body !== undefined) return post(url, body);
      // The largest is rarer: 4 MB over and over only measures the network.
      const isRare = kind === 4 && i % 150 > 15;
      return BAD[isRare ? 0 : kind]?.(url);
    };
    const lane = async () => {
      for (const i of numbers) {
        const response = await send(i)?.catch(() => undefined);
        await response?.arrayBuffer().catch(() => undefined);
        if (!response?.ok) continue;
        if (i % 15 < 10) accepted += 1;
        else unreadable += 1;
      }
    };

    await Promise.all(Array.from({ length: AT_ONCE }, lane));

    expect(accepted).to.equal(0);
    expect(unreadable).to.equal(Math.floor(REQUESTS / 15) * 5);
    expect(await storedIds(url)).to.deep.equal([]);
    expect((await ask(url, '/conversations')).body).to.deep.include({
      data: [],
    });
    expect((await post(url, GOOD)).status).to.equal(200);
    expect(gateway.lines.length, 'lines in the log').to.be.below(20);
    expect(await gateway.stop()).to.equal(0);
  });
});
