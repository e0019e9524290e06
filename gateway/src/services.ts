import { createAlertTable } from './alerts/alert-table';
import { logAlerts, startAlerts } from './alerts/alerter';
import type { Alerts } from './alerts/alerter';
import { createPostAlert } from './alerts/post-alert';
import { createApp } from './app';
import { keepStatistics } from './console/statistics';
import { runCleanups } from './core/cleanup';
import type { Cleanups } from './core/cleanup';
import { createBacklogReader, warnOfLost } from './forward/backlog';
import { watchControls } from './forward/route-controls';
import type { ControlWatch } from './forward/route-controls';
import { createDeliver } from './forward/deliver';
import { Forwarder } from './forward/forwarder';
import { createOutbox } from './forward/outbox';
import { startReplays } from './replay/replay-runner';
import type { Timing } from './forward/timing';
import type { Keys } from './http/authorize';
import { GatewayError } from './core/errors';
import type { Logger } from './core/logger';
import type { Metrics } from './core/metrics';
import type { StartMove } from './routes/move';
import type { Destination } from './settings/destination';
import { destinationsOf } from './settings/settings';
import type { Settings } from './settings/settings';
import { startBackfill } from './store/backfill';
import type { Database } from './database/database';
import { STORE_MOVING } from './database/pglite';
import { startIndexing } from './schema/late-indexes';
import { quarantine } from './store/quarantine';
import { watchStorage } from './store/storage-monitor';
import { startMaintenance } from './store/maintenance';
import { createWebhookStore, createWriter } from './store/webhook-store';

/** What a gateway has, whatever store it uses. */
export type Base = {
  settings: Settings;
  keys: Keys;
  log: Logger;
  timing: Timing;
  metrics: Metrics;
  /** Aborted when the gateway begins to stop. */
  stopping: AbortSignal;
};

type Ground = Base & { database: Database; alerts: Alerts };

/** All that works with one store. */
export interface Services {
  app: ReturnType<typeof createApp>;
  /** Ends what works by itself, such as forwarding; webhooks go on being stored. */
  stopBackground: () => Promise<void>;
  stop: () => Promise<void>;
}

/** Starts them; when one cannot be started, those before are ended. */
export async function startServices(
  base: Base,
  database: Database,
  startMove: StartMove | undefined,
): Promise<Services> {
  const alerts = createAlerts(base, database);
  const background: Cleanups = [];
  const stopBackground = () => runCleanups(background);
  const cleanups: Cleanups = [() => alerts.stop(), stopBackground];
  const stop = () => runCleanups(cleanups);
  try {
    const ground = { ...base, database, alerts };
    const app = await startServing(ground, startMove, { background, cleanups });
    return { app, stopBackground, stop };
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}

function createAlerts(base: Base, database: Database): Alerts {
  const { alertUrl } = base.settings;
  if (alertUrl === undefined) return logAlerts(base.log);
  return startAlerts({
    table: createAlertTable(database),
    post: createPostAlert(alertUrl),
    log: base.log,
    metrics: base.metrics,
  });
}

async function startServing(
  ground: Ground,
  startMove: StartMove | undefined,
  { background, cleanups }: { background: Cleanups; cleanups: Cleanups },
) {
  const { settings, database, log, alerts } = ground;
  const { retentionDays } = settings;
  background.push(startMaintenance({ ...ground, retentionDays }));
  background.push(startBackfill(database, log));
  background.push(startIndexing(database, log));
  const statistics = await keepStatistics(ground);
  background.push(() => statistics.stop());
  const destinations = destinationsOf(settings);
  const names = destinations.map(({ name }) => name);
  const backlog = createBacklogReader(database);
  void warnOfLost(backlog, names, log);
  const controls = await startControls(ground, background);
  const started = [destinations, controls, background] as const;
  const forwarders = startForwarders(ground, ...started);
  const monitor = await startMonitor(ground, cleanups);
  const writer = createWriter(database, alerts);
  const store = createWebhookStore(writer, { storage: monitor });
  cleanups.push(() => store.drain());
  const wake = () => forwarders.forEach(forwarder => forwarder.wake());
  const replays = startReplays({ ...ground, destinations, wake });
  background.push(replays.stop);
  return createApp({
    ...{ ...ground, destinations, controls, store, startMove },
    ...{ forwarders, wake, statistics, backlog },
    wakeReplays: replays.wake,
    quarantine: (reason, body) =>
      store.addOther(() => quarantine(database, reason, body)),
    unready: () => (ground.stopping.aborted ? DRAINING : monitor.problem),
  });
}

async function startMonitor(ground: Ground, cleanups: Cleanups) {
  const { settings, database, alerts } = ground;
  const { dataFolder, minFreeMb } = settings;
  const folder = database.isEmbedded ? dataFolder : undefined;
  const alert = { code: 'STORAGE_DOWN', subject: 'store' } as const;
  const onChange = (problem: GatewayError | undefined) => {
    if (problem === undefined) return alerts.resolve(alert.code, alert.subject);
    if (problem.code === STORE_MOVING) return;
    alerts.raise({ ...alert, details: { code: problem.code } });
  };
  const parts = { ...ground, folder, minFreeMb, onChange };
  const monitor = await watchStorage(parts);
  // A gateway before may have said that it failed.
  if (monitor.problem === undefined) onChange(undefined);
  cleanups.push(monitor.stop);
  return monitor;
}

const DRAINING = new GatewayError(
  'DRAINING',
  'The gateway stops.',
  'Ask another one.',
);

async function startControls(
  { database, timing, log }: Ground,
  cleanups: Cleanups,
) {
  const controls = await watchControls(database, { every: timing.poll, log });
  cleanups.push(controls.stop);
  return controls;
}

function startForwarders(
  ground: Ground,
  destinations: Destination[],
  controls: ControlWatch,
  cleanups: Cleanups,
): Forwarder[] {
  const forwarders = new Map(
    destinations.map(one => [one.name, createForwarder(ground, one)]),
  );
  const all = [...forwarders.values()];
  controls.onChange(routes => {
    for (const route of routes) {
      forwarders.get(route)?.applyControls(controls.of(route));
    }
  });
  for (const [route, forwarder] of forwarders) {
    forwarder.applyControls(controls.of(route));
    forwarder.start();
  }
  cleanups.push(() => Promise.all(all.map(one => one.stop())));
  return all;
}

function createForwarder(ground: Ground, destination: Destination): Forwarder {
  const { database, timing } = ground;
  const route = destination.name;
  return new Forwarder({
    ...ground,
    log: ground.log.child({ route }),
    destination,
    outbox: createOutbox(database, {
      ...{ route, lease: timing.lease, poll: timing.poll },
      isByPerson: destination.order === 'person',
    }),
    deliver: createDeliver(destination),
  });
}
