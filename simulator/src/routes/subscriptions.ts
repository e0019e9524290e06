import { Hono } from 'hono';
import { pageOf } from '../account/paging';
import { object, optional } from '../checks/rules';
import { httpsLink, text } from '../checks/values';
import type { Env } from '../core/env';
import { requireId, requireJson } from '../checks/request';
import { withToken } from './middleware';
import type { State } from '../state';
import { APP_ID } from './app';

const APP = {
  id: APP_ID,
  name: 'Simulator app',
  link: 'https://www.facebook.com/games/?app_id=' + APP_ID,
};

const override = object({
  override_callback_uri: optional(httpsLink),
  verify_token: optional(text()),
});

/** Who gets the webhooks of an account. */
export const subscriptions = (state: State) =>
  new Hono<Env>()
    .use('/:id/subscribed_apps', withToken)
    .get('/:id/subscribed_apps', c =>
      c.json(pageOf(c, state.subscriptions.get(requireId(c)) ?? [])),
    )
    .post('/:id/subscribed_apps', async c => {
      const hasBody = Number(c.req.header('content-length') ?? 0) > 0;
      const body = hasBody ? await requireJson(c) : {};
      override(body, '');
      const { override_callback_uri: url } = body;
      state.subscriptions.set(requireId(c), [
        {
          whatsapp_business_api_data: APP,
          ...(url !== undefined && { override_callback_uri: url }),
        },
      ]);
      return c.json({ success: true });
    })
    .delete('/:id/subscribed_apps', c => {
      state.subscriptions.delete(requireId(c));
      return c.json({ success: true });
    });
