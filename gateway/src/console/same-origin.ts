import type { Context, MiddlewareHandler } from 'hono';
import { failure } from '../http/failure';

/**
 * Refuses what another site makes a browser send. Browsers say on https, and on
 * this machine, where a request comes from; elsewhere its origin is compared
 * with the host that was asked.
 */
export const sameOriginOnly: MiddlewareHandler = async (context, next) => {
  const { method } = context.req;
  if (method === 'GET' || method === 'HEAD' || isSameOrigin(context)) {
    return next();
  }
  return failure(
    context,
    403,
    'CROSS_ORIGIN',
    'This request does not come from the console.',
    'Open the console at its own address. Behind a proxy, pass on the header Host or X-Forwarded-Host.',
  );
};

function isSameOrigin({ req }: Context): boolean {
  const site = req.header('sec-fetch-site');
  if (site !== undefined) return site === 'same-origin';
  const origin = req.header('origin');
  if (origin === undefined || !URL.canParse(origin)) return false;
  const { host } = new URL(origin);
  const forwarded = req.header('x-forwarded-host')?.split(',').at(-1)?.trim();
  return host === req.header('host') || host === forwarded;
}
