import { newId, post, textWebhook } from './payloads';

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

export const newIds = (count: number) =>
  Array.from({ length: count }, () => newId());

/** The IDs of the messages in bodies that OpenFn got. */
export function idsIn(bodies: unknown[]): string[] {
  return bodies.flatMap(
    body => JSON.stringify(body).match(/wamid\.[\w-]+/g) ?? [],
  );
}
