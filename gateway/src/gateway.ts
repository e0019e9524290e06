import { createAlertTable } from './alerts/alert-table';
import { logAlerts, startAlerts } from './alerts/alerter';
import type { Alerts } from './alerts/alerter';
import { createPostAlert } from './alerts/post-alert';
import { checkRestored } from './backup/restore';
import { createApp } from './app';
import { watchControls } from './forward/control-watch';
import type { ControlWatch } from './forward/control-watch';
import { createDeliver } from './forward/deliver';
import { destinationsOf } from './forward/destination';
import type { Destination } from './forward/destination';
import { Forwarder } from './forward/forwarder';
import { createOutbox } from './forward/outbox';
import { PACE } from './forward/pace';
import type { Pace } from './forward/pace';
import { createKeys } from './http/authorize';
import { GatewayError } from './errors';
import { listen } from './http/server';
import type { Logger } from './logger';
import { createMetrics } from './metrics';
import type { Metrics } from './metrics';
import type { Settings } from './settings/settings';
import { startBackfill } from './store/backfill';
import type { Database } from './store/database';
import { exclusively } from './store/exclusive';
import { migrate } from './store/migrations';
import { openDatabase } from './store/open';
import { quarantine } from './store/quarantine';
import type { Reason } from './store/quarantine';
import { watchStorage } from './store/storage-monitor';
import { createWebhookStore } from './store/store-webhook';
import { startUpkeep } from './store/upkeep';
import { createWriter } from './store/writer';

export type Parts = {
  settings: Settings;
  log: Logger;
  pace?: Pace;
  metrics?: Metrics;
};

export type Running = {
  url: string;
  port: number;
  /** Takes the keys and the app secrets of these settings. */
  replaceKeys: (settings: Settings) => void;
  stop: () => Promise<void>;
};

/** How to end what was started, the first first. */
type Ends = (() => unknown)[];

type Ground = Required<Parts> & {
  database: Database;
  alerts: Alerts;
  /** Aborted when the gateway begins to stop. */
  stopping: AbortSignal;
};

/** Starts a gateway; when one part cannot be started, those before are ended. */
export async function startGateway(parts: Parts): Promise<Running> {
  const ends: Ends = [];
  const stopping = new AbortController();
  const stop = () => {
    stopping.abort();
    return endAll(ends);
  };
  try {
    const ground = await startGround(parts, ends, stopping.signal);
    return { ...(await startServing(ground, ends)), stop };
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}

/** One that fails to end does not keep the others from it. */
async function endAll(ends: Ends): Promise<void> {
  const failures: unknown[] = [];
  for (const end of ends.splice(0).reverse()) {
    try {
      await end();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

async function startGround(
  parts: Parts,
  ends: Ends,
  stopping: AbortSignal,
): Promise<Ground> {
  const { settings, log, pace = PACE, metrics = createMetrics() } = parts;
  const database = await openDatabase(settings, log, stopping);
  ends.push(() => database.close());
  await exclusively(database, () => migrate(database));
  await checkRestored(database);
  const ground = { settings, log, pace, metrics, database, stopping };
  const alerts = createAlerts(ground);
  ends.push(() => alerts.stop());
  return { ...ground, alerts };
}

function createAlerts(ground: Omit<Ground, 'alerts'>): Alerts {
  const { alertUrl } = ground.settings;
  if (alertUrl === undefined) return logAlerts(ground.log);
  const table = createAlertTable(ground.database);
  return startAlerts({
    table,
    post: createPostAlert(alertUrl),
    log: ground.log,
    metrics: ground.metrics,
  });
}

async function startServing(ground: Ground, ends: Ends) {
  const { settings, database } = ground;
  const { retentionDays } = settings;
  ends.push(startUpkeep({ ...ground, retentionDays }));
  ends.push(startBackfill(database, ground.log));
  const destinations = destinationsOf(settings);
  const controls = await startControls(ground, ends);
  const forwarders = startForwarders(ground, destinations, controls, ends);
  const monitor = await startMonitor(ground, ends);
  const admit = monitor.checkSpace;
  const store = createWebhookStore(createWriter(database, ground.alerts), {
    admit,
  });
  ends.push(() => store.drain());
  const wake = () => forwarders.forEach(forwarder => forwarder.wake());
  const keys = createKeys(settings);
  const setAside = async (reason: Reason, body: Buffer) => {
    admit();
    await quarantine(database, reason, body);
  };
  const app = createApp({
    ...{ ...ground, keys, destinations, controls, store, wake },
    quarantine: setAside,
    unready: () => (ground.stopping.aborted ? DRAINING : monitor.problem),
  });
  const { url, port, close } = await listen(app, settings);
  ends.push(close);
  return { url, port, replaceKeys: keys.replace };
}

async function startMonitor(ground: Ground, ends: Ends) {
  const { settings, database, alerts } = ground;
  const { dataFolder, minFreeMb } = settings;
  const folder = database.isEmbedded ? dataFolder : undefined;
  const alert = { code: 'STORAGE_DOWN', subject: 'store' } as const;
  const onChange = (problem: GatewayError | undefined) => {
    if (problem === undefined) return alerts.resolve(alert.code, alert.subject);
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
  const budget = () => controls.of(route).hourlyBudget;
  return new Forwarder({
    ...ground,
    destination,
    outbox: createOutbox(database, { route, lease: pace.lease, budget }),
    deliver: createDeliver(destination),
    isPaused: () => controls.of(route).pausedAt !== null,
  });
}
