import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import type { Context, MiddlewareHandler } from 'hono';
import type { Env } from '../core/env';
import { MetaError, metaError } from '../core/errors';
import { answer, refusal, translated } from '../on-premises/responses';
import type { State } from '../state';
import { onPremisesMedia } from './on-premises-media';
import { onPremisesMessages } from './on-premises-messages';

const DAY = 86_400_000;

const withToken: MiddlewareHandler<Env> = async (c, next) => {
  if (!/^Bearer +\S/i.test(c.req.header('authorization') ?? ''))
    return refusal(401, 1005, 'Send the token of a session, or of the host.');
  return next();
};

/** `POST /v1/users/login`: any user name with any password gets a token. */
function login(c: Context<Env>) {
  const header = c.req.header('authorization') ?? '';
  const [, encoded = ''] = /^Basic (\S+)$/.exec(header) ?? [];
  if (!/^[^:]+:./s.test(Buffer.from(encoded, 'base64').toString()))
    return refusal(401, 1005, 'Send a user name and a password.');
  const inAWeek = new Date(Date.now() + 7 * DAY).toISOString();
  const expires_after = inAWeek.replace(/T(.*)\..*/, ' $1+00:00');
  return answer({
    users: [{ token: `session-${randomUUID()}`, expires_after }],
  });
}

/** An API that speaks as the On-Premises API did: all of it is below `/v1`. */
export const onPremises = (state: State) => {
  const v1 = new Hono<Env>()
    .post('/users/login', login)
    .use(withToken)
    .route('/messages', onPremisesMessages(state))
    .route('/media', onPremisesMedia(state));
  v1.onError(error =>
    translated(
      error instanceof MetaError ? error : metaError(131000, error.message),
    ),
  );
  return new Hono<Env>()
    .route('/v1', v1)
    .all('*', () => refusal(404, 1006, 'There is no such path.'));
};
