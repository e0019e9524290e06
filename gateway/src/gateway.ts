import { ActiveStore } from './active-store';
import { endAll } from './ends';
import type { Ends } from './ends';
import { PACE } from './forward/pace';
import type { Pace } from './forward/pace';
import { createKeys } from './http/authorize';
import { listen } from './http/server';
import type { Logger } from './logger';
import { createMetrics } from './metrics';
import type { Metrics } from './metrics';
import type { Settings } from './settings/settings';

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

/** Starts a gateway; when one part cannot be started, those before are ended. */
export async function startGateway(parts: Parts): Promise<Running> {
  const { settings, log, pace = PACE, metrics = createMetrics() } = parts;
  const ends: Ends = [];
  const stopping = new AbortController();
  const stop = () => {
    stopping.abort();
    return endAll(ends);
  };
  try {
    const keys = createKeys(settings);
    const base = { settings, keys, log, pace, metrics };
    const store = await ActiveStore.open({
      ...base,
      stopping: stopping.signal,
    });
    ends.push(() => store.close());
    const { url, port, close } = await listen(store, settings);
    ends.push(close);
    return { url, port, replaceKeys: keys.replace, stop };
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}
