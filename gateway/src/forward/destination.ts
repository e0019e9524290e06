import type { Accept, Kind, Order } from '../settings/forward';
import type { Settings } from '../settings/settings';

/** Where forwards of one route go, and how. Times are milliseconds. */
export type Destination = {
  /** The route: forwards carry its name. */
  name: string;
  url: string;
  apiKey: string | undefined;
  /** Sent with each request. */
  headers: Record<string, string>;
  /** How many requests may be on the way at once. */
  concurrency: number;
  timeout: number;
  accept: Accept;
  /** How long a forward is tried that fails while others are delivered. */
  giveUpAfter: number;
  kinds: ReadonlySet<Kind>;
  isEach: boolean;
  isRaw: boolean;
  order: Order;
};

const SECOND = 1000;

/** The destinations that the settings name: one, or none when nothing is forwarded. */
export function destinationsOf(settings: Settings): Destination[] {
  const { openfnWebhookUrl: url, openfnApiKey: apiKey } = settings;
  if (url === undefined) return [];
  return [
    {
      name: 'default',
      ...{ url, apiKey, headers: {} },
      concurrency: settings.forwardConcurrency,
      timeout: settings.forwardTimeout * SECOND,
      accept: settings.forwardAccept,
      giveUpAfter: settings.forwardGiveUp * SECOND,
      kinds: settings.forward,
      isEach: settings.forwardEach,
      isRaw: settings.forwardRaw,
      order: settings.forwardOrder,
    },
  ];
}
