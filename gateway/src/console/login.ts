import type { Context, Handler, MiddlewareHandler } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import * as v from 'valibot';
import { isAmong } from '../http/authorize';
import type { Keys } from '../http/authorize';
import { addressOf } from '../http/guard';
import { respondError } from '../http/error-response';
import type { Logger } from '../core/logger';
import { createThrottledLog } from '../core/throttled-log';
import { createLoginLimiter } from './login-limiter';
import { SESSION_SECONDS, createSessions } from './sessions';
import type { Sessions } from './sessions';

type Parts = {
  keys: Keys;
  /** How many reverse proxies are in front. */
  proxies: number;
  log: Logger;
};

type Login = {
  /** Whether somebody is logged in. */
  read: Handler;
  open: Handler;
  close: Handler;
  /** Lets nobody pass who is not logged in. */
  required: MiddlewareHandler;
};

const COOKIE = 'whatsapp_gateway_console';

/** An operator logs in with the operate key, and has a cookie from then on. */
export function createLogin(parts: Parts): Login {
  const sessions = createSessions(parts.keys);
  return {
    open: createOpen(parts, sessions),
    async read(context) {
      const isOpen = await sessions.isOpen(getCookie(context, COOKIE));
      return context.json({ isOpen });
    },
    async close(context) {
      await sessions.end(getCookie(context, COOKIE));
      deleteCookie(context, COOKIE, cookieOptions(context));
      return context.body(null, 204);
    },
    async required(context, next) {
      if (await sessions.isOpen(getCookie(context, COOKIE))) return next();
      return respondError(context, 401, 'LOGGED_OUT', ...LOGGED_OUT);
    },
  };
}

function createOpen(
  { keys, proxies, log }: Parts,
  sessions: Sessions,
): Handler {
  const limiter = createLoginLimiter();
  const throttledLog = createThrottledLog(
    log,
    'logins at the console were refused',
  );

  return async context => {
    if (keys.of('operate').length === 0) {
      return respondError(
        context,
        403,
        'CONSOLE_DISABLED',
        ...CONSOLE_DISABLED,
      );
    }
    const address = addressOf(context, proxies);
    const wait = limiter.wait(address);
    if (wait > 0) {
      throttledLog.count('TOO_MANY_TRIES');
      context.header('Retry-After', `${wait}`);
      return respondError(context, 429, 'TOO_MANY_TRIES', ...tooMany(wait));
    }
    // Counted before the body is read, so that tries at the same time count.
    limiter.fail(address);
    if (!isAmong(await readKey(context), keys.of('operate'))) {
      throttledLog.count('WRONG_KEY');
      return respondError(context, 401, 'WRONG_KEY', ...WRONG_KEY);
    }
    limiter.succeed(address);
    const options = { ...cookieOptions(context), maxAge: SESSION_SECONDS };
    setCookie(context, COOKIE, await sessions.open(), options);
    return context.body(null, 204);
  };
}

/** A proxy tells whether it was asked over https; the gateway itself never is. */
function cookieOptions({ req }: Context) {
  const protocol = req.header('x-forwarded-proto')?.split(',').at(-1)?.trim();
  const secure = protocol === 'https' || req.url.startsWith('https:');
  return {
    path: '/console',
    httpOnly: true,
    sameSite: 'Strict',
    secure,
  } as const;
}

const keySchema = v.object({ key: v.pipe(v.string(), v.trim()) });

async function readKey(context: Context): Promise<string> {
  const body: unknown = await context.req.json().catch(() => undefined);
  return v.is(keySchema, body) ? v.parse(keySchema, body).key : '';
}

const CONSOLE_DISABLED = [
  'This gateway has no key for the console: neither OPERATE_KEY nor GATEWAY_KEY is set.',
  'Set OPERATE_KEY to a long random text, and restart the gateway.',
] as const;

const WRONG_KEY = [
  'This is not an operate key of this gateway.',
  'Enter a key of OPERATE_KEY or GATEWAY_KEY.',
] as const;

const LOGGED_OUT = ['You are not logged in.', 'Log in again.'] as const;

const tooMany = (seconds: number) =>
  [
    'Too many wrong keys came from your address.',
    `Try again in ${seconds} seconds.`,
  ] as const;
