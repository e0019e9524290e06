import { Hono } from 'hono';
import type { Context } from 'hono';
import type { Json } from '../checks/rules';
import type { Env } from '../core/env';
import { requireJson } from '../checks/request';
import { answer, refusal } from '../on-premises/responses';
import { flawOf, toCloud } from '../on-premises/message';
import type { State } from '../state';
import { messages } from './messages';

// The number that everything is sent from: there is but one.
const NUMBER = '100000000000001';

/** What both APIs do alike is done by the routes of the Cloud API. */
const cloudOf = (state: State) => {
  const cloud = new Hono<Env>().route('/', messages(state)).onError(error => {
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
export const onPremisesMessages = (state: State) => {
  const ask = cloudOf(state);
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
