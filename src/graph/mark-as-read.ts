import { needId } from '../core/configuration';
import type { Work } from '../core/operation';
import { isObject } from '../core/values';
import { exchange } from './client';
import type { Delivery } from './send';
import { dryRun, factsOf } from './send';

type ReadReceipt = { body: Record<string, unknown>; options: Delivery };

/** Makes an operation's work of a builder of read receipts. They may be repeated: a message is read once. */
export const markingAsRead =
  <Args extends unknown[]>(build: (...args: Args) => ReadReceipt): Work<Args> =>
  async ({ configuration }, ...args) => {
    const { body, options } = build(...args);
    const parts = [needId(configuration, 'phoneNumberId'), 'messages'];
    if (options.dryRun) return { data: dryRun(configuration, parts, body) };
    const answer = await exchange(configuration, {
      method: 'POST',
      parts,
      body,
      isIdempotent: true,
      timeout: options.timeout,
      retry: options.retry,
    });
    const success = isObject(answer.body) && answer.body['success'] === true;
    const data = { messageId: body['message_id'], success };
    return { data, response: factsOf(answer) };
  };
