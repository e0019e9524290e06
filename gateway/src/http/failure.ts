import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** Every error that the gateway answers: what, in words, and what to do. */
export type ErrorBody = {
  error: { code: string; message: string; fix: string };
};

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
