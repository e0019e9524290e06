import { ACCEPTS, FORWARDED, ORDERS, kindsSchema } from './forwarding';
import type { Destination } from './destination';
import type { Accept, Kind, Order } from './forwarding';
import {
  databaseUrl,
  duration,
  flag,
  key,
  keys,
  list,
  oneOf,
  secureUrl,
  text,
  wholeNumber,
} from './schemas';
import type { Environment, Schema } from './schemas';
import { createRoutesSchema } from './routes-file';

/** What a gateway is told, checked. */
export type Settings = {
  verifyToken: string;
  appSecrets: string[];
  openfnWebhookUrl: string | undefined;
  openfnApiKey: string | undefined;
  /** Of the file of routes, which takes the place of the settings for forwarding. */
  routes: Destination[] | undefined;
  /** Keys for everything. */
  gatewayKey: string[];
  readKey: string[];
  operateKey: string[];
  metricsKey: string[];
  dataFolder: string;
  databaseUrl: string | undefined;
  port: number;
  host: string;
  /** How many reverse proxies are in front. */
  trustProxy: number;
  forward: ReadonlySet<Kind>;
  forwardRaw: boolean;
  forwardEach: boolean;
  forwardConcurrency: number;
  forwardOrder: Order;
  forwardAccept: Accept;
  /** Seconds. */
  forwardTimeout: number;
  /** Seconds. */
  forwardGiveUp: number;
  retentionDays: number;
  /** Below so many free megabytes, the embedded store takes nothing new. */
  minFreeMb: number;
  /** Where alerts are posted. */
  alertUrl: string | undefined;
  logLevel: string;
};

export type Definition<T> = {
  variable: string;
  schema: Schema<T> | ((environment: Environment) => Schema<T>);
  /** Taken when nothing is given; without it the setting is required. */
  otherwise?: T;
  /** What a required setting is, and where it comes from. */
  what?: string;
  /** Can be in a file, which the variable with `_FILE` at its end names. */
  isSecret?: true;
};

const optional = undefined;
const DAY = 24 * 60 * 60;

/** Every setting: its variable, how it is read, what it is when missing. */
export const SETTINGS: {
  [Name in keyof Settings]: Definition<Settings[Name]>;
} = {
  verifyToken: {
    variable: 'WHATSAPP_VERIFY_TOKEN',
    schema: text,
    what: "Choose any text, and enter the same as verify token in Meta's dashboard.",
    isSecret: true,
  },
  appSecrets: {
    variable: 'WHATSAPP_APP_SECRET',
    schema: list,
    what: "Copy the app secret from Meta's dashboard, App settings, Basic; while it is changed, both with a comma between.",
    isSecret: true,
  },
  openfnWebhookUrl: {
    variable: 'OPENFN_WEBHOOK_URL',
    schema: secureUrl('the webhook trigger in OpenFn'),
    otherwise: optional,
    isSecret: true,
  },
  openfnApiKey: {
    variable: 'OPENFN_API_KEY',
    schema: key,
    otherwise: optional,
    isSecret: true,
  },
  routes: {
    variable: 'ROUTES_FILE',
    schema: createRoutesSchema,
    otherwise: optional,
  },
  gatewayKey: keysIn('GATEWAY_KEY'),
  readKey: keysIn('READ_KEY'),
  operateKey: keysIn('OPERATE_KEY'),
  metricsKey: keysIn('METRICS_KEY'),
  dataFolder: {
    variable: 'GATEWAY_DATA',
    schema: text,
    otherwise: './gateway-data',
  },
  databaseUrl: {
    variable: 'DATABASE_URL',
    schema: databaseUrl,
    otherwise: optional,
    isSecret: true,
  },
  port: { variable: 'PORT', schema: wholeNumber(0, 65_535), otherwise: 8080 },
  host: { variable: 'HOST', schema: text, otherwise: '127.0.0.1' },
  trustProxy: {
    variable: 'TRUST_PROXY',
    schema: wholeNumber(0, 10),
    otherwise: 0,
  },
  forward: { variable: 'FORWARD', schema: kindsSchema, otherwise: FORWARDED },
  forwardRaw: { variable: 'FORWARD_RAW', schema: flag, otherwise: false },
  forwardEach: { variable: 'FORWARD_EACH', schema: flag, otherwise: false },
  forwardConcurrency: {
    variable: 'FORWARD_CONCURRENCY',
    schema: wholeNumber(1, 100),
    otherwise: 1,
  },
  forwardOrder: {
    variable: 'FORWARD_ORDER',
    schema: oneOf(...ORDERS),
    otherwise: 'none',
  },
  forwardAccept: {
    variable: 'FORWARD_ACCEPT',
    schema: oneOf(...ACCEPTS),
    otherwise: 'auto',
  },
  forwardTimeout: {
    variable: 'FORWARD_TIMEOUT',
    schema: wholeNumber(1, 300),
    otherwise: 35,
  },
  forwardGiveUp: {
    variable: 'FORWARD_GIVE_UP',
    schema: duration,
    otherwise: 3 * DAY,
  },
  retentionDays: {
    variable: 'RETENTION_DAYS',
    schema: wholeNumber(1, 3650),
    otherwise: 90,
  },
  minFreeMb: {
    variable: 'MIN_FREE_MB',
    schema: wholeNumber(0, 1_000_000),
    otherwise: 64,
  },
  alertUrl: {
    variable: 'ALERT_URL',
    schema: secureUrl('the incoming webhook of Slack, Mattermost or ntfy'),
    otherwise: optional,
    isSecret: true,
  },
  logLevel: {
    variable: 'LOG_LEVEL',
    schema: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'silent'),
    otherwise: 'info',
  },
};

function keysIn(variable: string): Definition<string[]> {
  return { variable, schema: keys, otherwise: [], isSecret: true };
}
