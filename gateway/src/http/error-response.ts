import type { Readable } from 'node:stream';
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** A parameter that cannot be read; answered with 400. */
export class BadParameter extends Error {
  constructor(
    readonly parameter: string,
    readonly fix: string,
  ) {
    super(`The parameter ${parameter} cannot be read.`);
  }
}

/** Every error that the gateway answers: what, in words, and what to do. */
export type ErrorBody = {
  error: { code: string; message: string; fix: string };
};

/**
 * The same, and closes the connection: at once for the client, which has the
 * whole answer, and here when `end` is settled.
 */
export function respondErrorAndClose(
  answer: Response,
  text: string,
  end: Promise<unknown>,
): Response {
  const bytes = new TextEncoder().encode(text);
  const body = new ReadableStream({
    async start(controller) {
      controller.enqueue(bytes);
      await end;
      controller.close();
    },
  });
  const headers = new Headers(answer.headers);
  headers.set('Connection', 'close');
  headers.set('Content-Length', `${bytes.length}`);
  return new Response(body, { status: answer.status, headers });
}

export function respondError(
  context: Context,
  status: ContentfulStatusCode,
  code: string,
  message: string,
  fix: string,
): Response {
  const body: ErrorBody = { error: { code, message, fix } };
  return context.json(body, status);
}

const DISCARD_BYTES = 64 * 1024 * 1024;
const DISCARD_MILLISECONDS = 1_000;

/**
 * Drops the rest of a body for a while: a client that sends when the connection
 * is closed does not see the answer. Tells whether that was all of it, so that
 * the connection can be used again.
 */
export function discard(source: Readable): Promise<boolean> {
  return new Promise(resolve => {
    let size = 0;
    const end = () => {
      clearTimeout(timer);
      resolve(source.readableEnded);
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
