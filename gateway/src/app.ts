import type { Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { createConsoleRoutes } from './console/routes';
import type { ConsoleParts } from './console/routes';
import { GatewayError } from './core/errors';
import { authorize, byMethod } from './http/authorize';
import { createGuardedApp } from './http/guard';
import { respondError } from './http/error-response';
import { createBackupRoutes } from './routes/backup';
import { createControlRoutes } from './routes/route-controls';
import { createDeadLetterRoutes } from './routes/dead-letters';
import type { DeadParts } from './routes/dead-letters';
import { createHealthRoutes } from './routes/health';
import type { HealthParts } from './routes/health';
import { createMoveRoutes } from './routes/move';
import type { MoveRouteParts } from './routes/move';
import { BadParameter } from './http/error-response';
import { createQuarantineRoutes } from './routes/quarantine';
import { createQueryRoutes } from './routes/queries';
import { createReplayRoutes } from './routes/replays';
import type { ReplayParts } from './routes/replays';
import { createThrottledLog } from './core/throttled-log';
import type { ThrottledLog } from './core/throttled-log';
import { createWebhookRoutes } from './routes/webhook';
import type { WebhookParts } from './routes/webhook';

type AppParts = WebhookParts &
  DeadParts &
  HealthParts &
  MoveRouteParts &
  ReplayParts &
  ConsoleParts;

/** Everything that can be asked of a gateway over HTTP. */
export function createApp(parts: AppParts): Hono {
  const app = createGuardedApp();
  mountRoutes(app, parts);
  app.notFound(context =>
    respondError(
      context,
      404,
      'NOT_FOUND',
      'There is nothing here.',
      READ_MANUAL,
    ),
  );
  const throttledLog = createThrottledLog(parts.log, 'requests failed');
  app.onError((error, context) => respondToError(error, context, throttledLog));
  return app;
}

function mountRoutes(app: Hono, parts: AppParts): void {
  const { keys, metrics, database } = parts;
  app.route('/webhook', createWebhookRoutes(parts));
  const readsMetrics = authorize(keys, 'metrics');
  app.route('/', createHealthRoutes(parts, metrics, readsMetrics));
  for (const path of [
    '/messages/*',
    '/notices',
    '/conversations',
    '/events/*',
  ]) {
    app.use(path, authorize(keys, byMethod));
  }
  app
    .route('/', createQueryRoutes(database.reader))
    .route('/', createQuarantineRoutes(parts))
    .route('/', createBackupRoutes(parts))
    .route('/', createDeadLetterRoutes(parts))
    .route('/', createReplayRoutes(parts))
    .route('/', createControlRoutes(parts))
    .route('/', createMoveRoutes(parts))
    .route('/console', createConsoleRoutes(parts));
}

/** What the reader can do something about. */
const ABOUT_READS = new Set(['CONVERSATIONS_NOT_READY', 'READ_TIMEOUT']);

const READ_MANUAL = 'The README of the gateway lists what can be asked.';

function respondToError(
  error: unknown,
  context: Context,
  throttledLog: ThrottledLog,
): Response {
  if (error instanceof BadParameter) {
    return respondError(
      context,
      400,
      'BAD_PARAMETER',
      error.message,
      error.fix,
    );
  }
  if (error instanceof HTTPException) {
    const { status } = error;
    const what = 'The request cannot be read.';
    return respondError(context, status, 'BAD_REQUEST', what, READ_MANUAL);
  }
  // A fault of ours is 500; of the database, 503. Meta sends it again either way.
  const isOurs = error instanceof TypeError || error instanceof RangeError;
  const code = error instanceof GatewayError ? error.code : 'UNAVAILABLE';
  throttledLog.count(isOurs ? 'INTERNAL' : code, error);
  if (error instanceof GatewayError && ABOUT_READS.has(code)) {
    context.header('Retry-After', '60');
    return respondError(context, 503, code, error.description, error.fix);
  }
  return respondError(
    context,
    isOurs ? 500 : 503,
    isOurs ? 'INTERNAL' : code,
    'The request could not be served.',
    'Send it again later; the log of the gateway says more.',
  );
}
