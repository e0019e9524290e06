import { Hono } from 'hono';
import type { Verdict } from '../account/templates';
import { open } from '../checks/rules';
import { matching } from '../checks/values';
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
    .post('/templates/:name', async c => {
      const verdict = (await requireJson(c)) as unknown as Verdict;
      const count = world.templates.judge(c.req.param('name'), verdict);
      return c.json({ success: count > 0 });
    })
    .get('/numbers', c =>
      c.json({
        data: world.numbers
          .all()
          .map(({ shown, code }) => ({ ...shown, ...(code && { code }) })),
      }),
    )
    .post('/numbers', async c => {
      const number = open({ id: matching(/^\d+$/, 'digits') });
      const body = await requireJson(c);
      number(body, '');
      world.numbers.add({ ...body, id: String(body.id) });
      return c.json({ success: true });
    })
    .delete('/faults', c => {
      world.faults.clear();
      return c.json({ success: true });
    });
