import type { Client } from '../core/client';
import { unconfirmed } from '../core/errors';
import type { Context, Result, Work } from '../core/operation';
import { isObject } from '../core/values';
import type { Retry, Sent } from '../types';
import { sendRequest } from './send-request';
import type { ApiResponse } from './send-request';
import * as onPremises from './on-premises';
import { pathTo } from './request';
import type { Part } from './url';

/** A message ready to be sent. */
export type Outgoing = {
  to: string;
  /** The ID of the number to send from, when it is not the credential's. */
  from?: string;
  body: Record<string, unknown>;
  options: Delivery;
};

export type Delivery = {
  timeout?: number | undefined;
  retry?: Retry | false | undefined;
  dryRun?: boolean | undefined;
  allowMissing?: boolean | undefined;
};

/** Makes an operation's work of a builder: build the message, then send it. */
export const sendWith =
  <Args extends unknown[]>(build: (...args: Args) => Outgoing): Work<Args> =>
  (context: Context, ...args: Args) =>
    sendMessage(context, build(...args));

/** The same for an answer to what is on state: its builder also takes that, and the time. */
export const replyWith =
  <Args extends unknown[]>(
    build: (
      occasion: { received: unknown; now: number },
      ...args: Args
    ) => Outgoing,
  ): Work<Args> =>
  (context, ...args) => {
    const occasion = { received: context.data, now: Date.now() };
    return sendMessage(context, build(occasion, ...args));
  };

/** Sends a message, or shows what would be sent. */
export async function sendMessage(
  context: Context,
  { to, from, body, options }: Outgoing,
): Promise<Result> {
  checkMissing(context, options);
  const { client } = context;
  const request = messageFor(client.withNumber(from), body);
  if (options.dryRun) return { data: dryRun(client, request) };
  // Field by field, as in the transport.
  const answer = await sendRequest(client, {
    method: request.method,
    parts: request.parts,
    body: request.body,
    timeout: options.timeout,
    retry: options.retry,
    needsHeaders: false,
  });
  return { data: sentOf(to, answer.body), response: factsOf(answer) };
}

/** A message or a read receipt, as the API of the client takes it. */
export type MessageRequest = { method: string; parts: Part[]; body: Body };
type Body = Record<string, unknown>;

/** The request that sends a message. */
export const messageFor = (client: Client, body: Body): MessageRequest =>
  client.isOnPremises ? onPremises.message(body) : postFrom(client, body);

/** What Meta takes below the number. */
export const postFrom = (client: Client, body: Body): MessageRequest => ({
  method: 'POST',
  parts: [client.id('phoneNumberId'), 'messages'],
  body,
});

/** Refuses a message with `undefined` in it, unless the job allows it. */
export function checkMissing(
  { refuseMissing }: Context,
  { allowMissing }: Delivery,
): void {
  if (!allowMissing) refuseMissing?.();
}

/** What would be sent, for a job to look at. */
export function dryRun(
  client: Client,
  { method, parts, body }: MessageRequest,
) {
  const path = pathTo(client.base, ...parts);
  return { dryRun: true, method, path, body };
}

/** What a job needs of Meta's answer to a send. */
function sentOf(to: string, body: unknown): Sent {
  const message = firstOf(body, 'messages');
  const contact = firstOf(body, 'contacts');
  const messageId = message['id'];
  if (typeof messageId !== 'string') {
    throw unconfirmed('The answer names no message');
  }
  const { wa_id: waId, user_id: userId } = contact;
  const status = message['message_status'];
  return {
    messageId,
    to,
    ...(typeof waId === 'string' && { waId }),
    ...(typeof userId === 'string' && { userId }),
    status: typeof status === 'string' ? status : 'accepted',
  };
}

function firstOf(body: unknown, key: string): Record<string, unknown> {
  const list = isObject(body) ? body[key] : undefined;
  const first = Array.isArray(list) ? (list[0] as unknown) : undefined;
  return isObject(first) ? first : {};
}

/** The facts of an exchange that a job may look at; no headers, which may hold secrets. */
export function factsOf({
  method,
  path,
  statusCode,
  duration,
  attempts,
  body,
}: ApiResponse) {
  return { method, path, statusCode, duration, attempts, body };
}
