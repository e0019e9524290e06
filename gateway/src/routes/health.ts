import { Hono } from 'hono';
import type { Context, MiddlewareHandler } from 'hono';
import type { GatewayError } from '../core/errors';
import type { BacklogReader } from '../forward/backlog';
import type { Metrics } from '../core/metrics';
import type { Destination } from '../settings/destination';

export type HealthParts = {
  /** Why the gateway can take no webhooks now; undefined when it can. */
  unready: () => GatewayError | undefined;
  destinations: Pick<Destination, 'name'>[];
  backlog: BacklogReader;
};

const NOTHING = { waiting: 0, dead: 0, oldestSeconds: 0 };

/**
 * For those who keep the gateway running: whether the process answers, whether
 * it can take webhooks, and its counters.
 */
export function createHealthRoutes(
  { unready, destinations, backlog }: HealthParts,
  metrics: Metrics,
  authorized: MiddlewareHandler,
): Hono {
  const readiness = (context: Context) => {
    const code = unready()?.code;
    return code === undefined
      ? context.json({ status: 'ok' })
      : context.json({ status: 'unavailable', code }, 503);
  };
  return new Hono()
    .get('/livez', context => context.json({ status: 'ok' }))
    .get('/readyz', readiness)
    .get('/healthz', readiness)
    .get('/metrics', authorized, async context => {
      // Also routes that have nothing waiting are there, with 0.
      const routes = new Map(destinations.map(({ name }) => [name, NOTHING]));
      for (const { route, ...counts } of await backlog.read()) {
        routes.set(route, counts);
      }
      metrics.setBacklog(
        [...routes].map(([route, counts]) => ({ route, ...counts })),
      );
      context.header('Content-Type', metrics.registry.contentType);
      return context.body(await metrics.registry.metrics());
    });
}
