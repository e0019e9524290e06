import { Hono } from 'hono';
import type { Context, MiddlewareHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { secureHeaders } from 'hono/secure-headers';
import { consoleRoutes } from './console/routes';
import type { ConsoleParts } from './console/routes';
import { GatewayError } from './errors';
import { authorize, byMethod } from './http/authorize';
import { failure } from './http/failure';
import { backupRoutes } from './routes/backup';
import { controlRoutes } from './routes/controls';
import { deadRoutes } from './routes/dead';
import type { DeadParts } from './routes/dead';
import { healthRoutes } from './routes/health';
import type { HealthParts } from './routes/health';
import { moveRoutes } from './routes/move';
import type { MoveRouteParts } from './routes/move';
import { BadParameter } from './routes/parameters';
import { quarantineRoutes } from './routes/quarantine';
import { readingRoutes } from './routes/reading';
import { replayRoutes } from './routes/replays';
import type { ReplayParts } from './routes/replays';
import { createTally } from './tally';
import type { Tally } from './tally';
import { webhookRoutes } from './routes/webhook';
import type { WebhookParts } from './routes/webhook';

/** Everything that can be asked of a gateway over HTTP. */
export function createApp(
  parts: WebhookParts &
    DeadParts &
    HealthParts &
    MoveRouteParts &
    ReplayParts &
    ConsoleParts,
): Hono {
  const { keys, log, metrics, database } = parts;
  const app = guardedApp();
  app.route('/webhook', webhookRoutes(parts));
  const readsMetrics = authorize(keys, 'metrics');
  app.route('/', healthRoutes(parts, metrics, readsMetrics));
  for (const path of [
    '/messages/*',
    '/notices',
    '/conversations',
    '/events/*',
  ]) {
    app.use(path, authorize(keys, byMethod));
  }
  app.route('/', readingRoutes(database.reader));
  app.route('/', quarantineRoutes(parts)).route('/', backupRoutes(parts));
  app.route('/', deadRoutes(parts)).route('/', replayRoutes(parts));
  app.route('/', controlRoutes(parts)).route('/', moveRoutes(parts));
  app.route('/console', consoleRoutes(parts));
  app.notFound(context =>
    failure(context, 404, 'NOT_FOUND', 'There is nothing here.', READ_MANUAL),
  );
  const tally = createTally(log, 'requests failed');
  app.onError((error, context) => answerError(error, context, tally));
  return app;
}

/** An application that refuses what no text of PostgreSQL can hold, and whose answers nobody may keep. */
function guardedApp(): Hono {
  const app = new Hono();
  app.use(secure);
  app.use(async (context, next) => {
    // A text of PostgreSQL holds no NUL.
    if (context.req.url.includes('%00')) throw new BadParameter('%00', NO_NUL);
    await next();
  });
  app.use(async (context, next) => {
    await next();
    // What people wrote has no place in anybody's cache.
    if (!context.res.headers.has('Cache-Control')) {
      context.header('Cache-Control', 'no-store');
    }
  });
  return app;
}

const secureOthers = secureHeaders({
  contentSecurityPolicy: { defaultSrc: ["'none'"] },
  xFrameOptions: 'DENY',
});

const secureConsole = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    connectSrc: ["'self'"],
    formAction: ["'none'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  xFrameOptions: 'DENY',
});

/** Nothing from elsewhere runs in a browser, and only the console runs anything. */
const secure: MiddlewareHandler = (context, next) =>
  /^\/console(\/|$)/.test(context.req.path)
    ? secureConsole(context, next)
    : secureOthers(context, next);

/** What the reader can do something about. */
const ABOUT_READS = new Set(['CONVERSATIONS_NOT_READY', 'READ_TIMEOUT']);

const NO_NUL = 'Leave out the NUL character.';
const READ_MANUAL = 'The README of the gateway lists what can be asked.';

function answerError(error: unknown, context: Context, tally: Tally): Response {
  if (error instanceof BadParameter) {
    return failure(context, 400, 'BAD_PARAMETER', error.message, error.fix);
  }
  if (error instanceof HTTPException) {
    const { status } = error;
    const what = 'The request cannot be read.';
    return failure(context, status, 'BAD_REQUEST', what, READ_MANUAL);
  }
  // A fault of ours is 500; of the database, 503. Meta sends it again either way.
  const isOurs = error instanceof TypeError || error instanceof RangeError;
  const code = error instanceof GatewayError ? error.code : 'UNAVAILABLE';
  tally.count(isOurs ? 'INTERNAL' : code, error);
  if (error instanceof GatewayError && ABOUT_READS.has(code)) {
    context.header('Retry-After', '60');
    return failure(context, 503, code, error.description, error.fix);
  }
  return failure(
    context,
    isOurs ? 500 : 503,
    isOurs ? 'INTERNAL' : code,
    'The request could not be served.',
    'Send it again later; the log of the gateway says more.',
  );
}
