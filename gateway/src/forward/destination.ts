import type { Destination } from '../settings/destination';
import type { Settings } from '../settings/settings';

const SECOND = 1000;

type Forwarding = Pick<
  Settings,
  | 'routes'
  | 'openfnWebhookUrl'
  | 'openfnApiKey'
  | Extract<keyof Settings, `forward${string}`>
>;

/** The destinations that the settings name: those of the file of routes, or one, or none when nothing is forwarded. */
export function destinationsOf(settings: Forwarding): Destination[] {
  const { routes, openfnWebhookUrl: url, openfnApiKey: apiKey } = settings;
  if (routes !== undefined) return routes;
  if (url === undefined) return [];
  return [
    {
      ...{ name: 'default', url, apiKey, headers: {} },
      ...{ match: { kinds: [...settings.forward] }, isCopy: false },
      concurrency: settings.forwardConcurrency,
      hourlyBudget: null,
      timeout: settings.forwardTimeout * SECOND,
      accept: settings.forwardAccept,
      giveUpAfter: settings.forwardGiveUp * SECOND,
      isEach: settings.forwardEach,
      isRaw: settings.forwardRaw,
      order: settings.forwardOrder,
    },
  ];
}
