import { Hono } from 'hono';
import type { Context } from 'hono';
import type { Env } from '../core/env';
import { LEAFLET } from '../media/samples';
import type { State } from '../state';

/** Another system, with a shelf for files: for jobs that save what a person sent. */
export const files = (state: State) => {
  const keep = async (c: Context<Env>) => {
    const name = c.req.param('name') ?? '';
    const bytes = Buffer.from(await c.req.arrayBuffer());
    const type = c.req.header('content-type') ?? 'application/octet-stream';
    state.media.files.set(name, { type, bytes });
    return c.json({ name, size: bytes.length }, 201);
  };
  return new Hono<Env>()
    .put('/:name', keep)
    .post('/:name', keep)
    .get('/leaflet.pdf', () => answer('application/pdf', LEAFLET))
    .get('/:name', c => {
      const file = state.media.files.get(c.req.param('name'));
      if (!file) return c.text('', 404);
      return answer(file.type, file.bytes);
    });
};

const answer = (type: string, bytes: Buffer) =>
  new Response(Uint8Array.from(bytes), {
    headers: { 'content-type': type, 'content-length': String(bytes.length) },
  });
