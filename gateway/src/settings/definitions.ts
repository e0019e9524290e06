import { FORWARDED, readForward } from './forward';
import type { Kind } from './forward';
import {
  databaseUrl,
  flag,
  key,
  list,
  oneOf,
  secureUrl,
  text,
  whole,
} from './readers';
import type { Reader } from './readers';

/** What a gateway is told, checked. */
export type Settings = {
  verifyToken: string;
  appSecrets: string[];
  openfnWebhookUrl: string | undefined;
  openfnApiKey: string | undefined;
  gatewayKey: string | undefined;
  dataFolder: string;
  databaseUrl: string | undefined;
  port: number;
  host: string;
  forward: ReadonlySet<Kind>;
  forwardRaw: boolean;
  forwardEach: boolean;
  forwardConcurrency: number;
  /** Seconds. */
  forwardTimeout: number;
  retentionDays: number;
  logLevel: string;
};

export type Definition<T> = {
  variable: string;
  read: Reader<T>;
  /** Taken when nothing is given; without it the setting is required. */
  otherwise?: T;
  /** What a required setting is, and where it comes from. */
  what?: string;
};

const optional = undefined;

/** Every setting: its variable, how it is read, what it is when missing. */
export const SETTINGS: {
  [Name in keyof Settings]: Definition<Settings[Name]>;
} = {
  verifyToken: {
    variable: 'WHATSAPP_VERIFY_TOKEN',
    read: text,
    what: "Choose any text, and enter the same as verify token in Meta's dashboard.",
  },
  appSecrets: {
    variable: 'WHATSAPP_APP_SECRET',
    read: list,
    what: "Copy the app secret from Meta's dashboard, App settings, Basic; while it is changed, both with a comma between.",
  },
  openfnWebhookUrl: {
    variable: 'OPENFN_WEBHOOK_URL',
    read: secureUrl,
    otherwise: optional,
  },
  openfnApiKey: {
    variable: 'OPENFN_API_KEY',
    read: key,
    otherwise: optional,
  },
  gatewayKey: { variable: 'GATEWAY_KEY', read: key, otherwise: optional },
  dataFolder: {
    variable: 'GATEWAY_DATA',
    read: text,
    otherwise: './gateway-data',
  },
  databaseUrl: {
    variable: 'DATABASE_URL',
    read: databaseUrl,
    otherwise: optional,
  },
  port: { variable: 'PORT', read: whole(0, 65_535), otherwise: 8080 },
  host: { variable: 'HOST', read: text, otherwise: '127.0.0.1' },
  forward: { variable: 'FORWARD', read: readForward, otherwise: FORWARDED },
  forwardRaw: { variable: 'FORWARD_RAW', read: flag, otherwise: false },
  forwardEach: { variable: 'FORWARD_EACH', read: flag, otherwise: false },
  forwardConcurrency: {
    variable: 'FORWARD_CONCURRENCY',
    read: whole(1, 100),
    otherwise: 1,
  },
  forwardTimeout: {
    variable: 'FORWARD_TIMEOUT',
    read: whole(1, 300),
    otherwise: 35,
  },
  retentionDays: {
    variable: 'RETENTION_DAYS',
    read: whole(1, 3650),
    otherwise: 90,
  },
  logLevel: {
    variable: 'LOG_LEVEL',
    read: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'silent'),
    otherwise: 'info',
  },
};
