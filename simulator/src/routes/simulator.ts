import { Hono } from 'hono';
import * as v from 'valibot';
import { verdictSchema } from '../account/templates';
import { checkInput } from '../core/input';
import type { Env } from '../core/env';
import { requireJson } from '../checks/request';
import type { State } from '../state';

const numberSchema = v.looseObject({
  id: v.pipe(v.string('must be text'), v.regex(/^\d+$/, 'must be digits')),
});

/** What Meta does not have: a look into the simulator, and faults to order. */
export const simulator = (state: State) =>
  new Hono<Env>()
    .get('/transcript', c => c.json({ data: state.transcript }))
    .delete('/transcript', c => {
      state.transcript.length = 0;
      return c.json({ success: true });
    })
    .get('/faults', c => c.json({ data: state.faults.waiting() }))
    .post('/faults', async c => {
      state.faults.add(await requireJson(c));
      return c.json({ success: true });
    })
    .post('/templates/:name', async c => {
      const verdict = await requireJson(c);
      checkInput(verdictSchema, verdict, 'verdict');
      const count = state.templates.judge(c.req.param('name'), verdict);
      return c.json({ success: count > 0 });
    })
    .get('/numbers', c =>
      c.json({
        data: state.numbers
          .all()
          .map(({ shown, code }) => ({ ...shown, ...(code && { code }) })),
      }),
    )
    .post('/numbers', async c => {
      const body = await requireJson(c);
      checkInput(numberSchema, body, 'number');
      state.numbers.add(body);
      return c.json({ success: true });
    })
    .delete('/faults', c => {
      state.faults.clear();
      return c.json({ success: true });
    });
