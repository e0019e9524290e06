import type { Client } from '../core/client';
import { dryRun, factsOf, postFrom } from './request';
import type { SendSettings } from './api-request';
import type { MessageRequest } from './request';
import { sendRequest } from './send-request';
import type { Work } from '../core/operation';
import { isObject } from '../core/values';
import * as onPremises from './on-premises';

type ReadReceipt = { body: Record<string, unknown>; options: SendSettings };

/** The request that marks a message as read. */
export const receiptFor = (
  client: Client,
  body: ReadReceipt['body'],
): MessageRequest =>
  client.isOnPremises ? onPremises.receipt(body) : postFrom(client, body);

/** Makes an operation's work of a builder of read receipts. They may be repeated: a message is read once. */
export const markAsReadWith =
  <Args extends unknown[]>(build: (...args: Args) => ReadReceipt): Work<Args> =>
  async ({ client }, ...args) => {
    const { body, options } = build(...args);
    const request = receiptFor(client, body);
    if (options.dryRun) return { data: dryRun(client, request) };
    const answer = await sendRequest(client, {
      ...request,
      isIdempotent: true,
      timeout: options.timeout,
      retry: options.retry,
    });
    // Another API than Meta's says nothing where Meta says `success`.
    const said = isObject(answer.body) ? answer.body['success'] : undefined;
    const success = said !== false;
    const data = { messageId: body['message_id'], success };
    return { data, response: factsOf(answer) };
  };
