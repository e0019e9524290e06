import { Hono } from 'hono';
import type { Context } from 'hono';
import type { Env } from '../core/env';
import { answer, refusal } from '../on-premises/responses';
import type { State } from '../state';

const missing = () => new Response(null, { status: 404 });

async function upload(state: State, c: Context<Env>): Promise<Response> {
  const type = c.req.header('content-type') ?? '';
  const bytes = Buffer.from(await c.req.arrayBuffer());
  if (type === '' || /^multipart\//.test(type))
    return refusal(400, 1009, 'Send the type of the media as Content-Type.');
  if (bytes.length === 0)
    return refusal(400, 1008, 'The body is empty; send the media itself.');
  const { id } = state.media.add({ type, filename: 'file', bytes });
  return answer({ media: [{ id }] }, 201);
}

/** `/v1/media`: the bytes themselves go in and come out. */
export const onPremisesMedia = (state: State) =>
  new Hono<Env>()
    .post('/', c => upload(state, c))
    .get('/:id', c => {
      const file = state.media.get(c.req.param('id'));
      if (!file) return missing();
      const headers = { 'content-type': file.type };
      return new Response(Uint8Array.from(file.bytes), { headers });
    })
    .delete('/:id', c => {
      const { media } = state;
      const id = c.req.param('id');
      if (!media.get(id)) return missing();
      media.delete(id);
      return answer({});
    });
