import { randomBytes } from 'node:crypto';
import { newId, post, textWebhook } from './payloads';
import { sleep } from './waiting';

/** Posts bodies, some at a time; returns the IDs that were acknowledged with 200. */
export async function sendAll(
  urls: string[],
  ids: string[],
  atOnce = 20,
  onAnswer: (acknowledged: number) => void = () => undefined,
): Promise<string[]> {
  const waiting = ids.entries();
  const acknowledged: string[] = [];
  const lane = async () => {
    for (const [i, id] of waiting) {
      const url = urls[i % urls.length] ?? '';
      const body = textWebhook(`text ${i}`, { id });
      const response = await post(url, body).catch(() => undefined);
      await response?.arrayBuffer().catch(() => undefined);
      if (response?.status !== 200) continue;
      acknowledged.push(id);
      onAnswer(acknowledged.length);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return acknowledged;
}

/** Posts bodies as Meta does: again, until each is acknowledged. */
export async function sendUntilTaken(
  urls: string[],
  ids: string[],
): Promise<void> {
  for (let left = ids; left.length > 0;) {
    const done = new Set(await sendAll(urls, left));
    left = left.filter(id => !done.has(id));
  }
}

export const newIds = (count: number) =>
  Array.from({ length: count }, () => newId());

/** The IDs of the messages in bodies that OpenFn got. */
export function idsIn(bodies: unknown[]): string[] {
  return bodies.flatMap(
    body => JSON.stringify(body).match(/wamid\.[\w-]+/g) ?? [],
  );
}

/** Bodies that no disk can compress, without a break until it is stopped. */
export class LargeTraffic {
  readonly acknowledged: string[] = [];
  /** How many were answered 503. */
  refused = 0;
  /** Other answers. */
  readonly others: number[] = [];
  #isOver = false;
  readonly #lanes: Promise<void[]>;

  constructor(url: string, { lanes = 8, size = 20_000 } = {}) {
    const run = async () => {
      while (!this.#isOver) await this.#send(url, size);
    };
    this.#lanes = Promise.all(Array.from({ length: lanes }, run));
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#lanes;
  }

  async #send(url: string, size: number): Promise<void> {
    const id = newId();
    const text = randomBytes(size / 2).toString('hex');
    const response = await post(url, textWebhook(text, { id })).catch(
      () => undefined,
    );
    await response?.arrayBuffer().catch(() => undefined);
    if (response?.status === 200) this.acknowledged.push(id);
    else if (response?.status === 503) this.refused += 1;
    else if (response !== undefined) this.others.push(response.status);
    // A gateway that is gone, or refuses, is not asked all the time.
    if (response?.status !== 200) await sleep(50);
  }
}
