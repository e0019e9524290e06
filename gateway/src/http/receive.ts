import type { Readable } from 'node:stream';

export type Limits = {
  /** Bytes of one body. */
  body: number;
  /** Bytes of all bodies that are being received. */
  total: number;
};

/** Why a body was not received. */
export type Refusal = 'TOO_LARGE' | 'BUSY' | 'INCOMPLETE';

export type Receive = (
  source: Readable,
  address: string,
) => Promise<Buffer | Refusal>;

type Body = {
  address: string;
  size: number;
  finish: (result: Refusal) => void;
};

/**
 * Receives bodies within so much memory, counted as they arrive. When it is
 * used up, the oldest body of the address that uses the most is given up: it
 * is slow, and no other body waits for it.
 */
export function createReceive({ body: most, total }: Limits): Receive {
  const bodies = new Set<Body>();
  let used = 0;

  return (source, address) =>
    new Promise(resolve => {
      const chunks: Buffer[] = [];
      const body: Body = { address, size: 0, finish };
      const onData = (chunk: Buffer) => {
        if (body.size + chunk.length > most) return finish('TOO_LARGE');
        chunks.push(chunk);
        body.size += chunk.length;
        used += chunk.length;
        while (used > total) slowest(bodies)?.finish('BUSY');
      };
      function finish(result: Buffer | Refusal): void {
        if (!bodies.delete(body)) return;
        used -= body.size;
        source.off('data', onData);
        resolve(result);
      }
      bodies.add(body);
      source.on('data', onData);
      source.once('end', () => finish(Buffer.concat(chunks)));
      for (const event of ['error', 'close']) {
        source.on(event, () => finish('INCOMPLETE'));
      }
      if (source.destroyed) finish('INCOMPLETE');
    });
}

/** The bodies are in the order of their arrival. */
function slowest(bodies: Iterable<Body>): Body | undefined {
  const sizes = new Map<string, number>();
  for (const { address, size } of bodies) {
    sizes.set(address, (sizes.get(address) ?? 0) + size);
  }
  const largest = Math.max(...sizes.values());
  for (const body of bodies) {
    if (body.size > 0 && sizes.get(body.address) === largest) return body;
  }
  return undefined;
}

const DISCARD_BYTES = 64 * 1024 * 1024;
const DISCARD_MILLISECONDS = 1_000;

/**
 * Drops the rest of a body for a while: a client that sends when the connection
 * is closed does not see the answer.
 */
export function discard(source: Readable): Promise<void> {
  return new Promise(resolve => {
    let size = 0;
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(end, DISCARD_MILLISECONDS);
    if (source.destroyed || source.readableEnded) return end();
    source.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > DISCARD_BYTES) end();
    });
    source.once('end', end).once('close', end);
  });
}
