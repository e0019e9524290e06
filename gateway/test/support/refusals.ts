import { expect } from 'chai';
import { KEY, ask } from './gateways';
import { FakeOpenFn } from './openfn';
import type { Answer } from './openfn';
import { GatewayProcess } from './processes';
import { idsIn, newIds, sendUntilTaken } from './traffic';
import { until } from './waiting';

/** How a destination can refuse one message again and again. */
export const REFUSALS: Record<string, Answer> = {
  'status 500': response => response.writeHead(500).end(),
  'status 400': response => response.writeHead(400).end(),
  'hanging up': response => response.socket?.end(),
  'a reset': response => response.socket?.resetAndDestroy(),
};

type Plan = {
  /** How many messages are taken. */
  good: number;
  /** What comes of those that are refused. */
  refusals: Answer[];
  random: () => number;
  /** Milliseconds that the destination takes for each message. */
  latency: number;
};

/** Sends them mixed; returns the milliseconds until all good ones have arrived, each once. */
export async function forwardAll(
  environment: Record<string, string>,
  { good, refusals, random, latency }: Plan,
): Promise<number> {
  const openfn = await new FakeOpenFn().open();
  const ids = newIds(good + refusals.length);
  const refused = new Map<string, Answer>();
  for (const refusal of refusals) {
    const left = ids.filter(id => !refused.has(id));
    refused.set(left[Math.floor(random() * left.length)] ?? '', refusal);
  }
  const arrived: string[] = [];
  const accept = openfn.answer;
  openfn.answer = (response, received) => {
    const [id = ''] = idsIn([JSON.parse(received.body)]);
    const refusal = refused.get(id);
    if (refusal === undefined) arrived.push(id);
    setTimeout(() => (refusal ?? accept)(response, received), latency);
  };
  const gateway = await new GatewayProcess({
    ...environment,
    OPENFN_WEBHOOK_URL: openfn.url,
  }).ready();

  const startedAt = performance.now();
  await sendUntilTaken([gateway.url], ids);
  await until(
    () => arrived.length >= good,
    'forwarding the good ones',
    600_000,
  );
  const duration = performance.now() - startedAt;

  const expected = ids.filter(id => !refused.has(id)).sort();
  expect([...arrived].sort()).to.deep.equal(expected);
  await expectWaiting(gateway.url, refusals.length);
  await gateway.stop();
  await openfn.close();
  return duration;
}

/** What is refused is kept, and tried again later. */
async function expectWaiting(url: string, count: number): Promise<void> {
  await until(async () => {
    const metrics = await fetch(`${url}/metrics`, {
      headers: { authorization: `Bearer ${KEY}` },
    });
    const text = await metrics.text();
    return text.includes(
      `whatsapp_gateway_forwards_waiting{route="default"} ${count}\n`,
    );
  }, `${count} waiting`);
  const { body } = await ask<{ data: unknown[] }>(url, '/events/dead');
  expect(body.data).to.deep.equal([]);
}
