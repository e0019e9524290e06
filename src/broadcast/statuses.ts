import { refuse } from '../core/errors';
import { isObject, nameOf } from '../core/values';
import type { MessageStatus } from '../types';

/** A status, as far as settling a row needs it. */
export type Settling = Pick<
  MessageStatus,
  'id' | 'status' | 'errors' | 'to' | 'userId'
>;

/** Reads a webhook that a job kept as it came. */
export type ParseWebhook = (payload: unknown) => { statuses: MessageStatus[] };

type Given = Record<string, unknown>;

/** The statuses of each callback data, from whatever a job has of them: statuses, events, or lists of either. */
export function statusesByKey(
  given: unknown,
  parse: ParseWebhook,
): Map<string, Settling[]> {
  const byKey = new Map<string, Settling[]>();
  for (const status of readStatuses(given, parse)) {
    const { callbackData } = status;
    if (callbackData === undefined) continue;
    const known = byKey.get(callbackData);
    if (known === undefined) byKey.set(callbackData, [status]);
    else known.push(status);
  }
  return byKey;
}

function readStatuses(given: unknown, parse: ParseWebhook): MessageStatus[] {
  const within = (inner: unknown) => readStatuses(inner, parse);
  if (Array.isArray(given)) return (given as unknown[]).flatMap(within);
  if (isObject(given)) {
    if (Array.isArray(given['statuses'])) return within(given['statuses']);
    if (isWebhook(given)) return parse(given).statuses;
    if (isStatus(given)) return [statusIn(given)];
  }
  return refuse(
    'INVALID_STATUSES',
    `The statuses are ${nameOf(given)}, or hold something that is none.`,
    'Give the statuses that parseWebhook leaves on state.data, or a list of what it leaves.',
  );
}

/** A webhook as Meta sends it. */
export const isWebhook = (given: Given) => Array.isArray(given['entry']);

export const isStatus = (given: Given) => typeof given['status'] === 'string';

/** A status as `parseWebhook` leaves it, also of one in Meta's own words. */
export function statusIn(given: Given): MessageStatus {
  const { biz_opaque_callback_data: data, callbackData = data } = given;
  const status =
    callbackData === undefined ? given : { ...given, callbackData };
  return status as MessageStatus;
}
