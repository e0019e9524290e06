import { GatewayError } from './errors';
import { startGateway } from './gateway';
import { createLogger } from './logger';
import type { Logger } from './logger';
import { createMetrics } from './metrics';
import { fromEnvironment, readSettings } from './settings/settings';
import type { Settings } from './settings/settings';

// For what is on the way to OpenFn when the gateway stops, besides its time-out.
const PATIENCE = 10;

main().catch((error: unknown) => {
  const isForeseen = error instanceof GatewayError;
  console.error(isForeseen ? error.message : stackOf(error));
  process.exit(1);
});

/** Without the details of an error of the database, which quote values. */
function stackOf(error: unknown): unknown {
  return error instanceof Error ? error.stack : error;
}

async function main(): Promise<void> {
  const settings = readSettings(fromEnvironment(process.env));
  const log = createLogger(settings.logLevel);
  const metrics = createMetrics();
  metrics.collectProcess();
  const { url, stop } = await startGateway({ settings, log, metrics });
  log.info({ url, ...factsOf(settings) }, 'the gateway is ready');
  warn(settings, log);
  stopOnSignal(stop, log, settings.forwardTimeout + PATIENCE);
  dieOnFault(log);
}

/** What an operator wants to see confirmed, and may be shown to anybody. */
function factsOf({ databaseUrl, forward, retentionDays }: Settings): object {
  const store = databaseUrl === undefined ? 'embedded' : 'postgresql';
  return { store, forward: [...forward], retentionDays };
}

function warn({ gatewayKey }: Settings, log: Logger): void {
  if (gatewayKey === undefined) {
    log.warn('GATEWAY_KEY is not set: nothing can be read, not even /metrics');
  } else if (gatewayKey.length < 16) {
    log.warn('GATEWAY_KEY is short enough to be guessed: take 32 characters');
  }
}

function stopOnSignal(
  stop: () => Promise<void>,
  log: Logger,
  seconds: number,
): void {
  const onSignal = (signal: string) => {
    log.info({ signal }, 'the gateway stops');
    setTimeout(() => process.exit(1), seconds * 1000).unref();
    stop().then(
      () => process.exit(0),
      (err: unknown) => {
        log.error({ err }, 'the gateway did not stop in order');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', onSignal).once('SIGINT', onSignal);
}

/** After a fault nobody foresaw, nothing is sure: whoever started the gateway starts it again. */
function dieOnFault(log: Logger): void {
  const onFault = (err: unknown) => {
    log.fatal({ err }, 'the gateway ends because of a fault');
    process.exit(1);
  };
  process.on('uncaughtException', onFault);
  process.on('unhandledRejection', onFault);
}
