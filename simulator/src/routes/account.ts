import { Hono } from 'hono';
import { analyze, analyzeTemplates, readExpansion } from '../account/analytics';
import { pick } from '../account/paging';
import type { Env } from '../core/env';
import { refuse } from '../core/errors';
import { requireId } from '../checks/request';
import { withToken } from './middleware';
import type { State } from '../state';

const OWN =
  /account_review_status|analytics|timezone_id|message_template_namespace/;

const shownBy = (id: string) => ({
  id,
  name: 'Hope Clinic',
  currency: 'USD',
  timezone_id: '1',
  account_review_status: 'APPROVED',
  business_verification_status: 'verified',
  health_status: {
    can_send_message: 'AVAILABLE',
    entities: [{ entity_type: 'WABA', id, can_send_message: 'AVAILABLE' }],
  },
});

/** The account itself: what it is, and what it has sent. */
export const account = (state: State) =>
  new Hono<Env>()
    .get('/:id', withToken, (c, next) => {
      const { fields = '' } = c.req.query();
      if (!OWN.test(fields)) return next();
      const id = requireId(c);
      const question = readExpansion(fields);
      return Promise.resolve(
        c.json(
          question
            ? { [question.field]: analyze(question, state.transcript), id }
            : pick(shownBy(id), fields),
        ),
      );
    })
    .get('/:id/template_analytics', withToken, c => {
      const { template_ids: ids = '[]', ...rest } = c.req.query();
      const wanted = JSON.parse(ids) as string[];
      if (wanted.length === 0)
        refuse(100, 'The parameter template_ids is required.');
      const names = new Map(
        state.templates
          .of(requireId(c))
          .filter(({ id }) => wanted.map(String).includes(id))
          .map(({ id, name }) => [id, name]),
      );
      const points = analyzeTemplates(names, rest, state.transcript);
      return c.json({
        data: [{ granularity: 'DAILY', data_points: points }],
      });
    });
