import { expect } from 'chai';
import { FakeOpenFn } from './openfn';
import { newId, post, textWebhook } from './payloads';
import { newPostgresUrl } from './postgres';
import { GatewayProcess, killGateways } from './processes';
import { until } from './waiting';

type Plan = {
  people: number;
  messages: number;
  kills: number;
  random: () => number;
};

/** Messages of people, numbered, to two gateways of which one is killed again and again. */
export function itKeepsOrder(title: string, plan: Plan): void {
  const { people, messages, kills, random } = plan;

  it(title, async function () {
    const DATABASE_URL = await newPostgresUrl(this);
    const openfn = await new FakeOpenFn().open();
    const environment = {
      ...{ DATABASE_URL, OPENFN_WEBHOOK_URL: openfn.url },
      ...{ FORWARD_ORDER: 'person', FORWARD_CONCURRENCY: '8' },
    };
    const start = () => new GatewayProcess(environment).ready();
    const gateways = await Promise.all([start(), start()]);
    const all = people * messages;
    const arrived = () => firstArrivals(openfn);

    const sending = Promise.all(
      Array.from({ length: people }, (_, i) => send(gateways, i, messages)),
    );
    for (let kill = 1; kill <= kills; kill++) {
      const mark = Math.floor((all * (kill - random())) / kills);
      await until(() => arrived().length >= mark, 'forwarding', 120_000);
      const index = Math.floor(random() * gateways.length);
      await gateways[index]?.kill();
      gateways[index] = await start();
    }
    await sending;
    await until(() => arrived().length === all, 'forwarding everything');
    await killGateways();
    await openfn.close();

    const last = new Map<string, number>();
    for (const text of arrived()) {
      const [person = '', number] = text.split(' ');
      expect(Number(number), text).to.equal((last.get(person) ?? -1) + 1);
      last.set(person, Number(number));
    }
  });
}

/** What came, each message once, in the order of its first arrival. */
function firstArrivals({ received }: FakeOpenFn): string[] {
  const texts = received.map(
    ({ body }) => (/"body":"([^"]*)"/.exec(body) ?? [])[1] ?? '',
  );
  return [...new Set(texts)];
}

/** One after the other, each until a gateway has acknowledged it, as Meta does. */
async function send(
  gateways: GatewayProcess[],
  person: number,
  messages: number,
): Promise<void> {
  const from = `2547000${10_000 + person}`;
  for (let i = 0; i < messages; i++) {
    const body = textWebhook(`${from} ${i}`, { from, id: newId() });
    await until(async () => {
      const url = gateways[(i + person) % gateways.length]?.url ?? '';
      const response = await post(url, body).catch(() => undefined);
      return response?.status === 200;
    }, 'storing');
  }
}
