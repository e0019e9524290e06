import { createHash, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { failure } from './failure';

/** Lets through who knows the key. Without a key, nobody reads anything. */
export function authorize(key: string | undefined): MiddlewareHandler {
  return async (context, next) => {
    if (key === undefined) {
      return failure(
        context,
        403,
        'READING_DISABLED',
        'This gateway has no key, so nothing can be read from it.',
        'Set GATEWAY_KEY to a long random text, and restart it.',
      );
    }
    const given = /^Bearer +(\S+) *$/i.exec(
      context.req.header('authorization') ?? '',
    )?.[1];
    if (given !== undefined && isSame(given, key)) return next();
    context.header('WWW-Authenticate', 'Bearer');
    return failure(
      context,
      401,
      'WRONG_KEY',
      'The key of the gateway is missing or wrong.',
      'Send the header Authorization: Bearer and GATEWAY_KEY; in a job, set gatewayKey.',
    );
  };
}

/** Hashed first, so that not even the length can be told from the time. */
function isSame(given: string, key: string): boolean {
  return timingSafeEqual(digest(given), digest(key));
}

const digest = (text: string) => createHash('sha256').update(text).digest();
