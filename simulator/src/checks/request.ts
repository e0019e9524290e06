import type { Context } from 'hono';
import type { Json } from './rules';
import { isObject } from './rules';
import { refuse, unsupportedRequest } from '../core/errors';

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The object in the body; Graph reads JSON only from a request that says so. */
export async function requireJson(c: Context): Promise<Json> {
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? ''))
    refuse(100, 'Send the header Content-Type: application/json.');
  const body = parsed(await c.req.text());
  if (!isObject(body)) refuse(100, 'The body must be a JSON object.');
  return body;
}

export function requireWhatsApp(body: Json): Json {
  if (body.messaging_product === undefined)
    refuse(100, 'The parameter messaging_product is required.');
  if (body.messaging_product !== 'whatsapp')
    refuse(100, 'Param messaging_product must be one of {whatsapp}.');
  return body;
}

/** The ID in the path. A phone number, with its plus, is not one. */
export function requireId(c: Context): string {
  const id = c.req.param('id') ?? '';
  if (!/^\d+$/.test(id)) throw unsupportedRequest(c.req.method, id);
  return id;
}
