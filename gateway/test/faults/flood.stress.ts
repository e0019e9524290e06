import { expect } from 'chai';
import { newDataFolder } from '../support/folders';
import { ask } from '../support/gateways';
import { post, sign, textWebhook } from '../support/payloads';
import { GatewayProcess, killGateways } from '../support/processes';
import { storedIds } from '../support/stored';

const REQUESTS = 10_000;
const AT_ONCE = 50;

const GOOD = textWebhook('Hello');

/** What a scanner, a broken proxy or somebody who means harm may send. */
const BAD: ((url: string) => Promise<Response>)[] = [
  url => post(url, GOOD, ''),
  url => post(url, GOOD, sign(GOOD, 'wrong')),
  url => post(url, GOOD, `sha256=${'0'.repeat(64)}`),
  url => post(url, GOOD, 'sha1=abc'),
  url => post(url, GOOD.slice(0, -5)),
  url => post(url, '{"entry":'.repeat(100)),
  url => post(url, '['.repeat(50_000)),
  url => post(url, ''),
  url => post(url, '\0\xff'),
  url => post(url, 'x'.repeat(4 * 1024 * 1024)),
  url => fetch(`${url}/webhook`),
  url => fetch(`${url}/webhook?hub.mode=subscribe&hub.verify_token=guess`),
  url =>
    fetch(`${url}/messages`, { headers: { authorization: 'Bearer guess' } }),
  url => fetch(`${url}/%00/..%2f..%2f`),
  url => fetch(`${url}/events/'%20OR%201=1/retry`, { method: 'POST' }),
];

describe('ten thousand requests that mean nothing good', () => {
  afterEach(killGateways);

  it('are all refused, nothing is stored, and the gateway is well', async () => {
    const gateway = await new GatewayProcess({
      GATEWAY_DATA: await newDataFolder(),
      FORWARD: 'none',
    }).ready();
    const { url } = gateway;
    const numbers = Array.from({ length: REQUESTS }, (_, i) => i).values();
    let accepted = 0;
    const lane = async () => {
      for (const i of numbers) {
        // The largest is rarer: 4 MB over and over only measures the network.
        const kind = BAD[i % BAD.length] === BAD[9] && i % 150 > 15 ? 0 : i;
        const response = await BAD[kind % BAD.length]?.(url).catch(
          () => undefined,
        );
        await response?.arrayBuffer().catch(() => undefined);
        if (response?.ok) accepted += 1;
      }
    };

    await Promise.all(Array.from({ length: AT_ONCE }, lane));

    expect(accepted).to.equal(0);
    expect(await storedIds(url)).to.deep.equal([]);
    expect((await ask(url, '/conversations')).body).to.deep.include({
      data: [],
    });
    expect((await post(url, GOOD)).status).to.equal(200);
    expect(gateway.lines.length, 'lines in the log').to.be.below(20);
    expect(await gateway.stop()).to.equal(0);
  });
});
