import { pino, stdTimeFunctions } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import { GatewayError, codeOf } from './errors';

export type { Logger } from 'pino';

// Nothing of this is ever passed to a log call; should one do so by mistake, it
// is cut out here. Counts, kinds, codes and our own IDs are what may be logged.
const PERSONAL = [
  'alertUrl',
  'appSecret',
  'appSecrets',
  'authorization',
  'body',
  'contact',
  'databaseUrl',
  'events',
  'from',
  'gatewayKey',
  'keys',
  'metricsKey',
  'headers',
  'name',
  'openfnApiKey',
  'openfnWebhookUrl',
  'operateKey',
  'payload',
  'query',
  'raw',
  'readKey',
  'req',
  'request',
  'settings',
  'signature',
  'text',
  'to',
  'token',
  'userId',
  'verifyToken',
];

/** A logger of JSON lines that cannot carry what people wrote, nor who they are. */
export function createLogger(
  level: string,
  destination?: DestinationStream,
): Logger {
  const options = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: {
      paths: PERSONAL.flatMap(name => [name, `*.${name}`]),
      censor: leaveOut,
    },
    serializers: { err: describeError },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** How many events there are is no secret. */
function leaveOut(value: unknown, path: string[]): unknown {
  const isCount = path.at(-1) === 'events' && typeof value === 'number';
  return isCount ? value : undefined;
}

/**
 * What a log may know of an error. Messages of the database quote values, so
 * only our own messages are kept, and of others the kind and the code.
 */
export function describeError(error: unknown): object {
  if (error instanceof GatewayError) {
    const { code, message } = error;
    return { code, message, ...(error.cause !== undefined && causeOf(error)) };
  }
  const type = error instanceof Error ? nameOf(error) : typeof error;
  const code = codeOf(error);
  // A code says what failed; without one, only the place does.
  const place = code === undefined &&
    error instanceof Error && { stack: shortStack(error) };
  return { type, code, ...place, ...causeOf(error) };
}

/** Not that of the class, which the embedded database has made shorter. */
function nameOf({ name }: Error): string {
  return name === 'error' ? 'DatabaseError' : name;
}

const FRAMES = 6;

/** Where an error was made: functions and the ends of paths, without its message. */
export function shortStack(error: unknown): string[] {
  if (!(error instanceof Error) || error.stack === undefined) return [];
  const { message, stack } = error;
  return stack
    .slice(stack.indexOf(message) + message.length)
    .split('\n')
    .filter(line => /^ {4}at /.test(line))
    .slice(0, FRAMES)
    .map(line =>
      line.trim().replace(/(file:\/\/)?[^\s(]*\/([^/]+\/[^/]+:\d+):\d+/, '$2'),
    );
}

function causeOf(error: unknown): object {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause === undefined ? {} : { cause: describeError(cause) };
}
