import { isatty } from 'node:tty';
import type { Command } from './command';
import { codeOf } from '../core/errors';
import { startGateway } from '../gateway';
import type { Running } from '../gateway';
import { createLogger } from '../core/logger';
import type { Logger } from '../core/logger';
import { createMetrics } from '../core/metrics';
import { SETTINGS } from '../settings/definitions';
import { readEnvironment } from '../settings/environment';
import { destinationsOf } from '../settings/settings';
import type { Settings } from '../settings/settings';

// For what is on the way to OpenFn when the gateway stops, besides its time-out.
const STOP_MARGIN = 10;
// npx passes SIGINT on that the terminal has sent to every process already.
const SAME_SIGNAL = 1000;
const PARENT_CHECK = 1000;

// Taken before anything else: the parent may end while the store is opened.
const PARENT = process.ppid;

export const startCommand: Command = {
  summary: 'runs the gateway; the default',
  options: {},
  async run({ environment }) {
    const settings = readEnvironment(environment());
    const log = createLogger(settings.logLevel);
    const metrics = createMetrics();
    metrics.collectProcess();
    const running = await startGateway({ settings, log, metrics });
    const longest = Math.max(
      0,
      ...destinationsOf(settings).map(({ timeout }) => timeout / 1000),
    );
    const stop = createStop(running, log, longest + STOP_MARGIN);
    process.on('SIGTERM', stop).on('SIGINT', stop);
    process.on('SIGHUP', () => {
      // A terminal that is closed sends this too.
      if (isatty(0)) return stop('SIGHUP');
      reload(() => readEnvironment(environment()), settings, running, log);
    });
    stopWithParent(stop);
    dieOnFault(log);
    // Last, because whoever waits for it may stop the gateway at once.
    log.info(
      { url: running.url, ...factsOf(settings) },
      'the gateway is ready',
    );
    warn(settings, log);
  },
};

/** What an operator wants to see confirmed, and may be shown to anybody. */
function factsOf(settings: Settings): object {
  const { databaseUrl, forward, routes, retentionDays } = settings;
  const store = databaseUrl === undefined ? 'embedded' : 'postgresql';
  const where =
    routes === undefined
      ? { forward: [...forward] }
      : { routes: routes.map(({ name }) => name) };
  return { store, ...where, retentionDays };
}

const KEYS = ['gatewayKey', 'readKey', 'operateKey', 'metricsKey'] as const;

function warn(settings: Settings, log: Logger): void {
  if (KEYS.every(name => settings[name].length === 0)) {
    log.warn('GATEWAY_KEY is not set: nothing can be read, not even /metrics');
  }
  for (const name of KEYS) {
    if (settings[name].every(key => key.length >= 16)) continue;
    const { variable } = SETTINGS[name];
    log.warn(`${variable} is short enough to be guessed: take 32 characters`);
  }
}

/** Stops in order at the first signal, at once at a later one. */
function createStop(
  { stop }: Running,
  log: Logger,
  seconds: number,
): (signal: string) => void {
  let since: number | undefined;
  return signal => {
    if (since !== undefined) {
      if (performance.now() - since < SAME_SIGNAL) return;
      log.warn({ signal }, 'the gateway stops at once');
      process.exit(1);
    }
    since = performance.now();
    log.info({ signal }, 'the gateway stops');
    setTimeout(killItself, seconds * 1000).unref();
    stop().then(
      () => process.exit(0),
      (err: unknown) => {
        log.error({ err }, 'the gateway did not stop in order');
        if (codeOf(err) === 'STORAGE_STALLED') killItself();
        process.exit(1);
      },
    );
  };
}

/** Node cannot exit while a thread waits for a disk that hangs. */
const killItself = () => process.kill(process.pid, 'SIGKILL');

/**
 * npm and npx pass a signal to the shell between them and the gateway, and the
 * shell ends without passing it on. So the gateway stops when its parent is gone.
 */
function stopWithParent(stop: (signal: string) => void): void {
  if (process.env['npm_command'] === undefined) return;
  const timer = setInterval(() => {
    if (process.ppid === PARENT) return;
    clearInterval(timer);
    stop('the end of npm');
  }, PARENT_CHECK);
  timer.unref();
}

/** Takes new keys. Settings that cannot be read leave the old keys in use. */
function reload(
  read: () => Settings,
  before: Settings,
  running: Running,
  log: Logger,
): void {
  try {
    const settings = read();
    running.replaceKeys(settings);
    log.info(
      { needRestart: changes(before, settings) },
      'the keys were reloaded',
    );
    warn(settings, log);
  } catch (err) {
    log.error({ err }, 'the keys were not reloaded');
  }
}

/** Variables that changed, but are read only at the start. */
function changes(before: Settings, now: Settings): string[] {
  const text = (value: unknown) =>
    JSON.stringify(value instanceof Set ? [...value] : value);
  return (Object.keys(SETTINGS) as (keyof Settings)[])
    .filter(name => name !== 'appSecrets' && !isKey(name))
    .filter(name => text(before[name]) !== text(now[name]))
    .map(name => SETTINGS[name].variable);
}

const isKey = (name: string) => KEYS.some(key => key === name);

/** After a fault nobody foresaw, nothing is sure: whoever started the gateway starts it again. */
function dieOnFault(log: Logger): void {
  const onFault = (err: unknown) => {
    log.fatal({ err }, 'the gateway ends because of a fault');
    process.exit(1);
  };
  process.on('uncaughtException', onFault);
  process.on('unhandledRejection', onFault);
}
