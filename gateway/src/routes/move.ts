import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import * as v from 'valibot';
import { GatewayError } from '../core/errors';
import { authorize } from '../http/authorize';
import type { Keys } from '../http/authorize';
import { respondError } from '../http/error-response';
import type { Logger } from '../core/logger';
import type { Counts, Progress } from '../move/copier';
import { databaseUrl } from '../settings/schemas';
import { parseBody } from './parameters';

/** Moves the store to a database; throws at once when it is moved already. */
export type StartMove = (
  to: string,
  onProgress: (progress: Progress) => void,
  signal: AbortSignal,
) => Promise<Counts>;

export type MoveRouteParts = {
  keys: Keys;
  log: Logger;
  /** Undefined when the store is no embedded one. */
  startMove: StartMove | undefined;
};

/** A line of the answer: how far it is, or at the end what came of it. */
export type MoveLine =
  | Progress
  | { counts: Counts }
  | { error: { code: string; message: string; fix: string } };

const EVERY = 500;

/** Moves the embedded store to a PostgreSQL server, for operators. Who asks hears how far it is, and ends it by hanging up. */
export function createMoveRoutes({
  keys,
  log,
  startMove,
}: MoveRouteParts): Hono {
  return new Hono()
    .use('/move', authorize(keys, 'operate'), bodyLimit({ maxSize: 10_000 }))
    .post('/move', async context => {
      const body: unknown = await context.req.json().catch(() => undefined);
      const { to } = parseBody(moveSchema, body);
      if (startMove === undefined) {
        return respondError(context, 409, 'NOT_EMBEDDED', ...NOT_EMBEDDED);
      }
      const end = new AbortController();
      const lines = new ReadableStream<Uint8Array>({
        async start(controller) {
          const encoder = new TextEncoder();
          const write = (line: MoveLine) => {
            if (end.signal.aborted) return;
            controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
          };
          write(await moveTo(to, startMove, write, end.signal, log));
          if (!end.signal.aborted) controller.close();
        },
        cancel: () => end.abort(hungUp()),
      });
      return context.body(lines, 200, { 'content-type': TYPE });
    });
}

const TYPE = 'application/x-ndjson';

async function moveTo(
  to: string,
  startMove: StartMove,
  write: (line: MoveLine) => void,
  signal: AbortSignal,
  log: Logger,
): Promise<MoveLine> {
  let saidAt = -Infinity;
  const onProgress = (progress: Progress) => {
    if (performance.now() - saidAt < EVERY) return;
    saidAt = performance.now();
    write(progress);
  };
  try {
    return { counts: await startMove(to, onProgress, signal) };
  } catch (err) {
    log.error({ err }, 'the store was not moved');
    const { code, description: message, fix } = asGatewayError(err);
    return { error: { code, message, fix } };
  }
}

function asGatewayError(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error;
  return new GatewayError(
    'MOVE_FAILED',
    'The store was not moved, and the gateway goes on with it.',
    'The log of the gateway says why; move again.',
  );
}

const TO = 'Write postgres://user:password@host/database.';

const moveSchema = v.object(
  {
    to: v.pipe(
      v.string(TO),
      v.trim(),
      v.check(url => v.is(databaseUrl, url), TO),
    ),
  },
  TO,
);

const hungUp = () =>
  new GatewayError(
    'MOVE_CANCELED',
    'Whoever asked for the move hung up.',
    'Move again.',
  );

const NOT_EMBEDDED = [
  'This gateway uses PostgreSQL already.',
  'Ask the gateway with the embedded store.',
] as const;
