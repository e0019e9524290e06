import type { MiddlewareHandler } from 'hono';
import { failure } from './failure';

/**
 * Lets in no more bodies at once than fit in so much memory: whether a body is
 * Meta's is known only when all of it was read.
 */
export function gate(
  mostBytes: number,
  bytesWhenUnknown: number,
  onRefusal: (code: string) => void,
): MiddlewareHandler {
  let inside = 0;
  return async (context, next) => {
    const told = Number(context.req.header('content-length') ?? NaN);
    const size =
      told >= 0 ? Math.min(told, bytesWhenUnknown) : bytesWhenUnknown;
    if (inside + size > mostBytes) {
      onRefusal('BUSY');
      const what = 'Too much is being received at the same time.';
      return failure(context, 503, 'BUSY', what, 'Send it again later.');
    }
    inside += size;
    try {
      return await next();
    } finally {
      inside -= size;
    }
  };
}
