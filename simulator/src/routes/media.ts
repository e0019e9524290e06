import { Hono } from 'hono';
import type { Context } from 'hono';
import type { Env } from '../core/env';
import { unsupportedRequest } from '../core/errors';
import { requireId } from '../checks/request';
import { ATTACHMENTS } from '../media/damage';
import type { Media } from '../media/store';
import { sha256Of } from '../media/store';
import { requireUpload } from '../media/upload';
import { withToken } from './middleware';
import type { State } from '../state';

// A URL lives for five minutes.
const LIFE = 300;

const now = () => Math.floor(Date.now() / 1000);

/** The media that the path names; Graph has nothing for the wrong number. */
function findMedia(state: State, c: Context<Env>): Media | undefined {
  const id = c.req.param('id') ?? '';
  const media = state.media.get(id);
  const asked = c.req.query('phone_number_id');
  const isOther =
    asked !== undefined &&
    media?.phoneNumberId !== undefined &&
    media.phoneNumberId !== asked;
  if (isOther) throw unsupportedRequest(c.req.method, id);
  return media;
}

function describe(c: Context<Env>, media: Media) {
  const url = new URL(ATTACHMENTS, c.req.url);
  url.searchParams.set('mid', media.id);
  url.searchParams.set('ext', String(now() + LIFE));
  return {
    messaging_product: 'whatsapp',
    url: url.href,
    mime_type: media.type,
    sha256: sha256Of(media),
    file_size: media.bytes.length,
    id: media.id,
  };
}

function download(state: State, c: Context<Env>): Response {
  const { mid = '', ext } = c.req.query();
  const media = state.media.get(mid);
  if (!/^Bearer +\S/i.test(c.req.header('authorization') ?? ''))
    return c.text('', 401);
  if (!c.req.header('user-agent')) return c.text('', 403);
  if (!media || Number(ext) < now()) return c.text('', 404);
  return new Response(Uint8Array.from(media.bytes), {
    headers: {
      'content-type': media.type,
      'content-length': String(media.bytes.length),
    },
  });
}

/** Upload, look up, download, delete. A path that is no media is left to the next routes. */
export const media = (state: State) =>
  new Hono<Env>()
    .post('/:id/media', withToken, async c => {
      const phoneNumberId = requireId(c);
      const file = await requireUpload(c);
      const { id } = state.media.add({ phoneNumberId, ...file });
      return c.json({ id });
    })
    .get(ATTACHMENTS, c => download(state, c))
    .get('/:id', withToken, (c, next) => {
      const found = findMedia(state, c);
      if (!found) return next();
      return Promise.resolve(c.json(describe(c, found)));
    })
    .delete('/:id', withToken, (c, next) => {
      const found = findMedia(state, c);
      if (!found) return next();
      state.media.delete(found.id);
      return Promise.resolve(c.json({ success: true }));
    });
