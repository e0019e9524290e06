import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import type { Env } from '../core/env';
import { refuse, unsupportedRequest } from '../core/errors';
import { requireId } from '../checks/request';
import { withToken } from './middleware';
import type { State } from '../state';

// What belongs to the app and not to a number: the token, and the resumable
// upload of samples and pictures.

export const APP_ID = '200000000000001';

const SCOPES = ['whatsapp_business_messaging', 'whatsapp_business_management'];

const TOKEN = {
  app_id: APP_ID,
  type: 'SYSTEM_USER',
  application: 'Simulator app',
  is_valid: true,
  expires_at: 0,
  scopes: SCOPES,
  granular_scopes: SCOPES.map(scope => ({ scope })),
};

const base64 = (bytes: Buffer) => bytes.toString('base64').replaceAll('/', '_');

/** The token, whatever it is, and uploads in two steps. */
export const app = (state: State) =>
  new Hono<Env>()
    .get('/debug_token', withToken, c => {
      if (!c.req.query('input_token'))
        refuse(100, 'The parameter input_token is required.');
      return c.json({ data: TOKEN });
    })
    .post('/:id/uploads', withToken, c => {
      if (requireId(c) !== APP_ID)
        throw unsupportedRequest('POST', c.req.param('id'));
      const { file_length: length, file_type: type } = c.req.query();
      if (!length || !type)
        refuse(100, 'The parameters file_length and file_type are required.');
      const session = `upload:${base64(randomBytes(24))}`;
      state.uploads.set(session, Number(length));
      // Meta signs the session; the signature has to come back in the query.
      return c.json({ id: `${session}?sig=simulator` });
    })
    .post('/:session{upload:.+}', withToken, async c => {
      const { session } = c.req.param();
      const length = state.uploads.get(session);
      if (length === undefined || c.req.query('sig') !== 'simulator')
        throw unsupportedRequest('POST', session);
      const bytes = Buffer.from(await c.req.arrayBuffer());
      if (c.req.header('file_offset') !== '0' || bytes.length !== length)
        refuse(100, 'The file is not as long as it was said to be.');
      state.uploads.delete(session);
      return c.json({ h: `4::${base64(randomBytes(24))}` });
    });
