import { setTimeout as wait } from 'node:timers/promises';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context, MiddlewareHandler } from 'hono';
import type { Env } from '../core/env';
import { metaError, unsupportedRequest } from '../core/errors';
import { faultResponse } from '../faults/response';
import { damaged } from '../media/damage';
import type { State } from '../state';

type Middleware = MiddlewareHandler<Env>;

/** A parameter without its value, when that is a secret. */
const masked = (parameter: string): string => {
  const [name = ''] = parameter.split('=', 1);
  const isSecret = /(token|secret|proof)$/i.test(name);
  return isSecret && name !== parameter ? `${name}=***` : parameter;
};

/** Path and query as they stood on the wire, without any token in them. */
const target = (c: Context<Env>) => {
  const url = c.env.incoming.url ?? '';
  const [path = '', query = ''] = url.split(/\?(.*)/s);
  return { path, query: query.split('&').map(masked).join('&') };
};

export const record =
  (state: State): Middleware =>
  async (c, next) => {
    const bytes = Buffer.from(await c.req.arrayBuffer());
    state.requests.push({
      method: c.req.method,
      ...target(c),
      contentType: c.req.header('content-type'),
      userAgent: c.req.header('user-agent'),
      authorization: Boolean(c.req.header('authorization')),
      rawBody: rawBody(bytes, c.req.header('content-type')),
    });
    await next();
  };

const FORM_KEPT = 1024 * 1024;

/** A form holds files: as UTF-8 they would be damaged, and whole they would fill the memory. */
const rawBody = (bytes: Buffer, type = '') =>
  /^multipart\//i.test(type)
    ? bytes.toString('latin1', 0, FORM_KEPT)
    : bytes.toString('utf8');

const hangUp = (c: Context<Env>) => {
  c.env.incoming.socket.resetAndDestroy();
  c.res = RESPONSE_ALREADY_SENT;
};

/** Lets a call go wrong in the way that was asked for. */
export const injectFault =
  (state: State): Middleware =>
  async (c, next) => {
    const fault = state.faults.take(c.req.path);
    if (!fault) return next();
    const answer = faultResponse(fault);
    if (answer) c.res = answer;
    else if (fault.reset !== 'before') await next();
    if (fault.media) {
      const { socket } = c.env.incoming;
      const spoiled = await damaged(fault.media, c.res, () => socket.destroy());
      // Set anew, Hono would keep the headers of the whole answer.
      c.res = undefined;
      c.res = spoiled;
    }
    // Unreferenced, so that a long delay does not keep a finished test alive.
    if (fault.delay) await wait(fault.delay, undefined, { ref: false });
    if (fault.reset) return hangUp(c);
    for (const [name, value] of Object.entries(fault.headers ?? {}))
      c.res.headers.set(name, value);
  };

/** Serves one version of the API only, when one was asked for. */
export const onlyVersion =
  (apiVersion: string | undefined): Middleware =>
  async (c, next) => {
    const [, version] = /^\/(v\d+\.\d+)\//.exec(target(c).path) ?? [];
    if (apiVersion && version && version !== apiVersion)
      throw unsupportedRequest(c.req.method, version);
    await next();
  };

/** Any token will do, but there must be one. */
export const withToken: Middleware = async (c, next) => {
  const header = c.req.header('authorization') ?? '';
  if (!/^Bearer +\S/i.test(header))
    throw metaError(190, 'Send the header Authorization: Bearer TOKEN.');
  await next();
};
