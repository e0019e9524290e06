import { Hono } from 'hono';
import type { Env } from '../env';
import { requireJson } from '../input';
import type { World } from '../world';

/** What Meta does not have: a look into the sandbox, and faults to order. */
export const sandbox = (world: World) =>
  new Hono<Env>()
    .get('/transcript', c => c.json({ data: world.transcript }))
    .delete('/transcript', c => {
      world.transcript.length = 0;
      return c.json({ success: true });
    })
    .get('/faults', c => c.json({ data: world.faults.waiting() }))
    .post('/faults', async c => {
      world.faults.add(await requireJson(c));
      return c.json({ success: true });
    })
    .delete('/faults', c => {
      world.faults.clear();
      return c.json({ success: true });
    });
