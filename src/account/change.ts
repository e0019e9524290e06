import type { Client } from '../core/client';
import { factsOf } from '../graph/request';
import { sendRequest } from '../graph/send-request';
import { WhatsAppError } from '../core/errors';
import type { Result } from '../core/operation';
import { isObject } from '../core/values';
import type { ApiRequest, ApiResponse } from '../graph/api-request';

/**
 * Makes a change at Meta. Unless it says that it is idempotent, it is made
 * once; when nobody knows whether it was, `look` says where to see it.
 */
export async function change(
  client: Client,
  call: ApiRequest,
  look: string,
): Promise<ApiResponse> {
  const careful = { isIdempotent: false, ...call };
  return sendRequest(client, careful).catch((error: unknown) => {
    throw inItsWords(error, look);
  });
}

/** The client speaks of messages; here something else was to be done. */
function inItsWords(error: unknown, look: string): unknown {
  const failure = error as WhatsAppError;
  if (failure.code !== 'SEND_UNCONFIRMED') return error;
  const fix = `Do not repeat it blindly: ${look}`;
  return new WhatsAppError({ ...failure, fix }, error);
}

/** What is left of an answer that holds nothing but `success`. */
export const succeeded = (
  answer: ApiResponse,
  further: object = {},
): Result => ({
  data: {
    ...further,
    success: isObject(answer.body) && answer.body['success'] === true,
  },
  response: factsOf(answer),
});
