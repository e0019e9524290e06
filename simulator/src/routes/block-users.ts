import { Hono } from 'hono';
import type { Context } from 'hono';
import type { NumberState } from '../account/numbers';
import { pageOf } from '../account/paging';
import { digitsOf } from '../checks/recipient';
import type { Json } from '../checks/rules';
import { list, object, optional } from '../checks/rules';
import { oneOf, text } from '../checks/values';
import type { Env } from '../core/env';
import { metaError } from '../core/errors';
import { requestedError } from '../faults/requested-error';
import { requireId, requireJson } from '../checks/request';
import { withToken } from './middleware';
import type { State } from '../state';

const request = object({
  messaging_product: oneOf('whatsapp'),
  block_users: list(
    object({ user: optional(text()), user_id: optional(text()) }),
    1,
    Infinity,
  ),
});

/** A person as Meta tells of them. */
const personOf = ({ user, user_id: userId }: Json): Json =>
  userId === undefined
    ? { input: user, wa_id: digitsOf(String(user)) }
    : { input: userId, user_id: userId };

const keyOf = ({ wa_id: waId, user_id: userId }: Json) =>
  String(userId ?? waId);

/** Numbers that ask for an error fail, as those fail at Meta who have not written. */
const failureOf = ({ wa_id: waId, ...rest }: Json): Json | undefined => {
  const asked = waId === undefined ? undefined : requestedError(String(waId));
  return asked && { ...rest, wa_id: waId, errors: [asked.body.error] };
};

/** Meta refuses the whole when one failed, and tells all the same who did not. */
function answer(c: Context<Env>, done: Json, failed: Json[]) {
  if (failed.length === 0)
    return c.json({ messaging_product: 'whatsapp', block_users: done });
  const { body } = metaError(139100, 'Failed to block or unblock some users.');
  const outcome = { ...done, failed_users: failed };
  return c.json(
    { messaging_product: 'whatsapp', block_users: outcome, ...body },
    400,
  );
}

async function change(
  c: Context<Env>,
  name: string,
  apply: (person: Json) => void,
) {
  const body = await requireJson(c);
  request(body, '');
  const people = (body.block_users as Json[]).map(personOf);
  const failed = people.map(failureOf).filter(failure => failure !== undefined);
  const done = people.filter(person => failureOf(person) === undefined);
  done.forEach(apply);
  return answer(c, { [name]: done }, failed);
}

const blockedOf = (state: State, c: Context<Env>): NumberState['blocked'] =>
  state.numbers.of(requireId(c)).blocked;

/** The block list of a number. */
export const blockUsers = (state: State) =>
  new Hono<Env>()
    .use('/:id/block_users', withToken)
    .get('/:id/block_users', c => {
      const people = [...blockedOf(state, c).values()];
      const page = pageOf(c, people);
      const data = page.data.map(({ input: _, ...person }) => ({
        messaging_product: 'whatsapp',
        ...person,
      }));
      return c.json({ ...page, data });
    })
    .post('/:id/block_users', c => {
      const blocked = blockedOf(state, c);
      return change(c, 'added_users', person =>
        blocked.set(keyOf(person), person),
      );
    })
    .delete('/:id/block_users', c => {
      const blocked = blockedOf(state, c);
      return change(c, 'removed_users', person =>
        blocked.delete(keyOf(person)),
      );
    });
