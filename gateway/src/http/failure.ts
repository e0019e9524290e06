import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** Every error that the gateway answers: what, in words, and what to do. */
export type ErrorBody = {
  error: { code: string; message: string; fix: string };
};

/**
 * The same, and closes the connection: at once for the client, which has the
 * whole answer, and here when `end` is settled.
 */
export function lastFailure(
  answer: Response,
  text: string,
  end: Promise<void>,
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

export function failure(
  context: Context,
  status: ContentfulStatusCode,
  code: string,
  message: string,
  fix: string,
): Response {
  const body: ErrorBody = { error: { code, message, fix } };
  return context.json(body, status);
}
