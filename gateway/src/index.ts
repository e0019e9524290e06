import type { DestinationStream } from 'pino';
import { DEFAULT_TIMING } from './forward/timing';
import type { Timing } from './forward/timing';
import { startGateway } from './gateway';
import type { Running } from './gateway';
import { createLogger } from './core/logger';
import { readSettings } from './settings/settings';

export { GatewayError } from './core/errors';
export type { ErrorBody } from './http/error-response';
export type { DeadForward } from './forward/dead-letters';
export type { Conversation } from './store/conversations';
export type { Page } from './store/cursor';
export type { KeptMessage } from './store/messages';
export type { MessageState } from './store/statuses';

/** Settings of a gateway; what the environment has under another name. */
export type GatewayOptions = {
  verifyToken: string;
  appSecrets: string | string[];
  openfnWebhookUrl?: string | undefined;
  openfnApiKey?: string | undefined;
  /** The path of a file of routes, instead of the settings for forwarding. */
  routes?: string | undefined;
  /** For everything; or one key for each purpose. */
  gatewayKey?: string | string[] | undefined;
  readKey?: string | string[] | undefined;
  operateKey?: string | string[] | undefined;
  metricsKey?: string | string[] | undefined;
  dataFolder?: string | undefined;
  databaseUrl?: string | undefined;
  /** 0 for any that is free. */
  port?: number | undefined;
  host?: string | undefined;
  /** How many reverse proxies are in front. */
  trustProxy?: number | undefined;
  forward?: string | string[] | undefined;
  forwardRaw?: boolean | undefined;
  forwardEach?: boolean | undefined;
  forwardConcurrency?: number | undefined;
  forwardOrder?: 'none' | 'person' | undefined;
  forwardAccept?: 'auto' | 'openfn' | 'json' | 'any' | undefined;
  /** Seconds. */
  forwardTimeout?: number | undefined;
  /** Seconds, or text such as 3d. */
  forwardGiveUp?: number | string | undefined;
  retentionDays?: number | undefined;
  /** Megabytes that stay free on the disk of the embedded store. */
  minFreeMb?: number | undefined;
  /** Where alerts are posted. */
  alertUrl?: string | undefined;
  logLevel?: string | undefined;
  /** Where the lines of the log go; by default to standard output. */
  logTo?: DestinationStream | undefined;
  /** How the forwarder waits, for tests. */
  pace?: Partial<Timing> | undefined;
};

export interface Gateway {
  /** Opens the store, then the port. */
  start(): Promise<{ url: string; port: number }>;
  /** Finishes what was begun, and closes the store. */
  stop(): Promise<void>;
}

/** A gateway inside this process; the settings are checked at once. */
export function createGateway({
  logTo,
  pace,
  ...options
}: GatewayOptions): Gateway {
  const settings = readSettings(options);
  const log = createLogger(settings.logLevel, logTo);
  let running: Running | undefined;
  return {
    async start() {
      running ??= await startGateway({
        ...{ settings, log },
        timing: { ...DEFAULT_TIMING, ...pace },
      });
      const { url, port } = running;
      return { url, port };
    },
    async stop() {
      await running?.stop();
      running = undefined;
    },
  };
}
