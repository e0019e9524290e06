import { setTimeout as wait } from 'node:timers/promises';

/** Where downloads go; media faults happen there. */
export const ATTACHMENTS = '/whatsapp_business/attachments/';

/** Every way in which a download can go wrong. */
export const DAMAGES = [
  'truncated',
  'cut',
  'altered',
  'expired',
  'redirect',
] as const;

export type Damage = (typeof DAMAGES)[number];

const FOREIGN = 'https://files.example/photo.jpg';

/** A body that breaks off after some bytes, although more was announced. */
const broken = (bytes: Uint8Array, hangUp: () => void) => {
  let isSent = false;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      if (!isSent) controller.enqueue(bytes);
      else {
        // Else the end would overtake the bytes.
        await wait(10);
        hangUp();
      }
      isSent = true;
    },
  });
};

const half = (bytes: Uint8Array) => bytes.subarray(0, bytes.length >> 1);

const spoilers: Record<
  Damage,
  (bytes: Uint8Array, headers: Headers, hangUp: () => void) => Response
> = {
  truncated: (bytes, headers) => {
    headers.set('content-length', String(half(bytes).length));
    return new Response(half(bytes), { headers });
  },
  cut: (bytes, headers, hangUp) =>
    new Response(broken(half(bytes), hangUp), { headers }),
  altered: (bytes, headers) => {
    const last = bytes.length - 1;
    const altered = bytes.map((byte, at) => (at === last ? byte ^ 1 : byte));
    return new Response(altered, { headers });
  },
  expired: () => new Response(null, { status: 404 }),
  redirect: () =>
    new Response(null, { status: 302, headers: { location: FOREIGN } }),
};

/** The answer to a download, spoiled. `hangUp` breaks its connection. */
export async function damaged(
  damage: Damage,
  answer: Response,
  hangUp: () => void,
): Promise<Response> {
  const bytes = new Uint8Array(await answer.arrayBuffer());
  return spoilers[damage](bytes, new Headers(answer.headers), hangUp);
}
