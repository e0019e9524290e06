import { Hono } from 'hono';
import type { MiddlewareHandler } from 'hono';
import { countBacklog } from '../forward/dead';
import type { Metrics } from '../metrics';
import type { Database } from '../store/database';

const TIMEOUT = 3_000;

/** For those who keep the gateway running: whether it can store, and its counters. */
export function healthRoutes(
  database: Database,
  metrics: Metrics,
  authorized: MiddlewareHandler,
): Hono {
  return new Hono()
    .get('/healthz', async context => {
      const isWell = await canStore(database);
      return context.json(
        { status: isWell ? 'ok' : 'unavailable' },
        isWell ? 200 : 503,
      );
    })
    .get('/metrics', authorized, async context => {
      metrics.setBacklog(await countBacklog(database));
      context.header('Content-Type', metrics.registry.contentType);
      return context.body(await metrics.registry.metrics());
    });
}

async function canStore(database: Database): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>(resolve => {
    timer = setTimeout(resolve, TIMEOUT, false);
  });
  const answer = database.query('SELECT 1').then(
    () => true,
    () => false,
  );
  const result = await Promise.race([answer, late]);
  clearTimeout(timer);
  return result;
}
