import { Hono } from 'hono';
import type { Context } from 'hono';
import type { Json } from '../checks/rules';
import type { Env } from '../env';
import { requireJson } from '../input';
import { answer, refusal } from '../on-premises/answers';
import { flawOf, toCloud } from '../on-premises/message';
import type { World } from '../world';
import { messages } from './messages';

// The number that everything is sent from: there is but one.
const NUMBER = '100000000000001';

/** What both APIs do alike is done by the routes of the Cloud API. */
const cloudOf = (world: World) => {
  const cloud = new Hono<Env>().route('/', messages(world)).onError(error => {
    // Whoever asks here speaks otherwise, and translates it.
    throw error;
  });
  return async (c: Context<Env>, message: Json): Promise<Json> => {
    const headers = {
      authorization: c.req.header('authorization') ?? '',
      'content-type': 'application/json',
    };
    const body = JSON.stringify(message);
    const init = { method: 'POST', headers, body };
    const response = await cloud.request(`/${NUMBER}/messages`, init, c.env);
    return (await response.json()) as Json;
  };
};

/** `/v1/messages`: messages, and `PUT` for read receipts. */
export const onPremisesMessages = (world: World) => {
  const ask = cloudOf(world);
  return new Hono<Env>()
    .post('/', async c => {
      const message = await requireJson(c);
      const flaw = flawOf(message);
      if (flaw) return refusal(400, ...flaw);
      const { messages } = await ask(c, toCloud(message));
      const [{ id }] = messages as [{ id: string }];
      return answer({ messages: [{ id }] }, 201);
    })
    .put('/:id', async c => {
      const { status } = await requireJson(c);
      await ask(c, toCloud({ status, message_id: c.req.param('id') }));
      return answer({});
    });
};
