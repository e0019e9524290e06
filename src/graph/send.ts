import type { Configuration } from '../core/configuration';
import { needId } from '../core/configuration';
import type { Context, Result, Work } from '../core/operation';
import { isObject } from '../core/values';
import type { Retry, Sent } from '../types';
import { exchange } from './client';
import type { Exchange } from './client';
import { unconfirmed } from './failure';
import { baseOf, pathTo } from './url';

/** A message ready to be sent. */
type Outgoing = {
  to: string;
  body: Record<string, unknown>;
  options: Delivery;
};

export type Delivery = {
  timeout?: number | undefined;
  retry?: Retry | false | undefined;
  dryRun?: boolean | undefined;
};

/** Makes an operation's work of a builder: build the message, then send it. */
export const sending =
  <Args extends unknown[]>(build: (...args: Args) => Outgoing): Work<Args> =>
  (context: Context, ...args: Args) =>
    sendMessage(context.configuration, build(...args));

async function sendMessage(
  configuration: Configuration,
  { to, body, options }: Outgoing,
): Promise<Result> {
  const parts = [needId(configuration, 'phoneNumberId'), 'messages'];
  if (options.dryRun) return { data: dryRun(configuration, parts, body) };
  const answer = await exchange(configuration, {
    method: 'POST',
    parts,
    body,
    timeout: options.timeout,
    retry: options.retry,
  });
  return { data: sentOf(to, answer.body), response: factsOf(answer) };
}

export function dryRun(
  configuration: Configuration,
  parts: string[],
  body: unknown,
) {
  const path = pathTo(baseOf(configuration), ...parts);
  return { dryRun: true, method: 'POST', path, body };
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
}: Exchange) {
  return { method, path, statusCode, duration, attempts, body };
}
