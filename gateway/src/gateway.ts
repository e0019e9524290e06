import { ActiveStore } from './active-store';
import { runCleanups } from './core/cleanup';
import type { Cleanups } from './core/cleanup';
import { DEFAULT_TIMING } from './forward/timing';
import type { Timing } from './forward/timing';
import { createKeys } from './http/authorize';
import { listen } from './http/server';
import type { Logger } from './core/logger';
import { createMetrics } from './core/metrics';
import type { Metrics } from './core/metrics';
import type { Settings } from './settings/settings';

export type Parts = {
  settings: Settings;
  log: Logger;
  timing?: Timing;
  metrics?: Metrics;
};

export type Running = {
  url: string;
  port: number;
  /** Takes the keys and the app secrets of these settings. */
  replaceKeys: (settings: Settings) => void;
  stop: () => Promise<void>;
};

/** Starts a gateway; when one part cannot be started, those before are ended. */
export async function startGateway(parts: Parts): Promise<Running> {
  const {
    settings,
    log,
    timing = DEFAULT_TIMING,
    metrics = createMetrics(),
  } = parts;
  const cleanups: Cleanups = [];
  const stopping = new AbortController();
  const stop = () => {
    stopping.abort();
    return runCleanups(cleanups);
  };
  try {
    const keys = createKeys(settings);
    const base = { settings, keys, log, timing, metrics };
    const store = await ActiveStore.open({
      ...base,
      stopping: stopping.signal,
    });
    cleanups.push(() => store.close());
    const { url, port, close } = await listen(store, settings);
    cleanups.push(close);
    return { url, port, replaceKeys: keys.replace, stop };
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}
