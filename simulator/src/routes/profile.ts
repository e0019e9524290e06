import { Hono } from 'hono';
import { pick } from '../account/paging';
import { list, object, optional } from '../checks/rules';
import { matching, oneOf, text, webLink, words } from '../checks/values';
import type { Env } from '../core/env';
import { requireId, requireJson, requireWhatsApp } from '../checks/request';
import { withToken } from './middleware';
import type { State } from '../state';

const changes = object({
  messaging_product: oneOf('whatsapp'),
  about: optional(text(139)),
  address: optional(words(256)),
  description: optional(words(512)),
  email: optional(words(128)),
  vertical: optional(matching(/^[A-Z_]+$/, 'a vertical')),
  websites: optional(list(webLink, 0, 2)),
  profile_picture_handle: optional(matching(/^4::/, 'a handle of an upload')),
});

const PICTURE = 'https://pps.whatsapp.net/v/picture.jpg';

/** The business profile of a number. */
export const profile = (state: State) =>
  new Hono<Env>()
    .use('/:id/whatsapp_business_profile', withToken)
    .get('/:id/whatsapp_business_profile', c => {
      const { profile: kept } = state.numbers.of(requireId(c));
      const { id: _, ...shown } = pick(kept, c.req.query('fields'));
      return c.json({ data: [{ ...shown, messaging_product: 'whatsapp' }] });
    })
    .post('/:id/whatsapp_business_profile', async c => {
      const number = state.numbers.of(requireId(c));
      const body = requireWhatsApp(await requireJson(c));
      changes(body, '');
      const {
        messaging_product: _,
        profile_picture_handle: handle,
        ...rest
      } = body;
      const picture =
        handle === undefined ? {} : { profile_picture_url: PICTURE };
      Object.assign(number.profile, rest, picture);
      return c.json({ success: true });
    });
