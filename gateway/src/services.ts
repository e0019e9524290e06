import { createAlertTable } from './alerts/alert-table';
import { logAlerts, startAlerts } from './alerts/alerter';
import type { Alerts } from './alerts/alerter';
import { createPostAlert } from './alerts/post-alert';
import { createApp } from './app';
import { keepStatistics } from './console/statistics';
import { endAll } from './ends';
import type { Ends } from './ends';
import { createBacklogReader, warnOfLost } from './forward/backlog';
import { watchControls } from './forward/control-watch';
import type { ControlWatch } from './forward/control-watch';
import { createDeliver } from './forward/deliver';
import { Forwarder } from './forward/forwarder';
import { createOutbox } from './forward/outbox';
import { startReplays } from './forward/replay-runner';
import type { Pace } from './forward/pace';
import type { Keys } from './http/authorize';
import { GatewayError } from './errors';
import type { Logger } from './logger';
import type { Metrics } from './metrics';
import { STORE_MOVING } from './move/fence';
import type { StartMove } from './routes/move';
import type { Destination } from './settings/destination';
import { destinationsOf } from './settings/settings';
import type { Settings } from './settings/settings';
import { startBackfill } from './store/backfill';
import type { Database } from './store/database';
import { startIndexing } from './store/late-indexes';
import { quarantine } from './store/quarantine';
import type { Reason } from './store/quarantine';
import { watchStorage } from './store/storage-monitor';
import { createWebhookStore } from './store/store-webhook';
import { startUpkeep } from './store/upkeep';
import { createWriter } from './store/writer';
import type { Write } from './store/writer';

/** What a gateway has, whatever store it uses. */
export type Base = {
  settings: Settings;
  keys: Keys;
  log: Logger;
  pace: Pace;
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
  const background: Ends = [];
  const stopBackground = () => endAll(background);
  const ends: Ends = [() => alerts.stop(), stopBackground];
  const stop = () => endAll(ends);
  try {
    const ground = { ...base, database, alerts };
    const app = await startServing(ground, startMove, { background, ends });
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
  { background, ends }: { background: Ends; ends: Ends },
) {
  const { settings, database, log, alerts } = ground;
  const { retentionDays } = settings;
  background.push(startUpkeep({ ...ground, retentionDays }));
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
  const monitor = await startMonitor(ground, ends);
  const admit = monitor.checkSpace;
  const write = createWriter(database, alerts);
  const watched: Write = arrivals => monitor.watch(write(arrivals));
  const store = createWebhookStore(watched, { admit });
  ends.push(() => store.drain());
  const wake = () => forwarders.forEach(forwarder => forwarder.wake());
  const replays = startReplays({ ...ground, destinations, wake });
  background.push(replays.stop);
  const setAside = async (reason: Reason, body: Buffer) => {
    admit();
    await monitor.watch(quarantine(database, reason, body));
  };
  return createApp({
    ...{ ...ground, destinations, controls, store, wake, startMove },
    ...{ statistics, backlog },
    ringReplays: replays.ring,
    quarantine: setAside,
    unready: () => (ground.stopping.aborted ? DRAINING : monitor.problem),
  });
}

async function startMonitor(ground: Ground, ends: Ends) {
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
  ends.push(monitor.stop);
  return monitor;
}

const DRAINING = new GatewayError(
  'DRAINING',
  'The gateway stops.',
  'Ask another one.',
);

async function startControls({ database, pace, log }: Ground, ends: Ends) {
  const controls = await watchControls(database, { every: pace.poll, log });
  ends.push(controls.stop);
  return controls;
}

function startForwarders(
  ground: Ground,
  destinations: Destination[],
  controls: ControlWatch,
  ends: Ends,
): Forwarder[] {
  const forwarders = new Map(
    destinations.map(one => [one.name, createForwarder(ground, one, controls)]),
  );
  const all = [...forwarders.values()];
  controls.onChange(routes => {
    for (const route of routes) forwarders.get(route)?.reconsider();
  });
  all.forEach(forwarder => forwarder.start());
  ends.push(() => Promise.all(all.map(one => one.stop())));
  return all;
}

function createForwarder(
  ground: Ground,
  destination: Destination,
  controls: ControlWatch,
): Forwarder {
  const { database, pace } = ground;
  const route = destination.name;
  const budget = () =>
    controls.of(route).hourlyBudget ?? destination.hourlyBudget;
  return new Forwarder({
    ...ground,
    log: ground.log.child({ route }),
    destination,
    outbox: createOutbox(database, {
      ...{ route, budget, lease: pace.lease, poll: pace.poll },
      isByPerson: destination.order === 'person',
    }),
    deliver: createDeliver(destination),
    isPaused: () => controls.of(route).pausedAt !== null,
  });
}
