import type { Client } from '../core/client';
import { factsOf } from '../graph/request';
import { sendRequest } from '../graph/send-request';
import type { Context, Result } from '../core/operation';
import { readPages } from '../graph/pages';
import type { AccountOptions, PageOptions } from '../types';
import {
  deliveryOf,
  readAccountOptions,
  readId,
  readPageOptions,
} from './options';

/** What is asked of a number: whether it can send, how fast, to how many. */
export const FIELDS = [
  'id',
  'display_phone_number',
  'verified_name',
  'status',
  'quality_rating',
  'code_verification_status',
  'name_status',
  'platform_type',
  'throughput',
  'whatsapp_business_manager_messaging_limit',
  'health_status',
  'webhook_configuration',
].join(',');

/** The numbers of the account. */
export async function readPhoneNumbers(
  { client }: Context,
  given: unknown,
): Promise<Result> {
  const { options, extent } = readPageOptions<PageOptions>(given);
  const call = {
    parts: [client.id('wabaId'), 'phone_numbers'],
    query: { fields: FIELDS },
    ...deliveryOf(options),
  };
  const { items, response } = await readPages(client, call, extent);
  return { data: items, response };
}

/** One number: that of the credential, or another one. */
export async function readPhoneNumber(
  { client }: Context,
  id: unknown,
  given: unknown,
): Promise<Result> {
  const options = readAccountOptions<AccountOptions>(given);
  const answer = await sendRequest(client, {
    method: 'GET',
    parts: [numberOf(client, id)],
    query: { fields: FIELDS },
    ...deliveryOf(options),
  });
  return { data: answer.body, response: factsOf(answer) };
}

/** The number that the job names, or else that of the credential. */
export function numberOf(client: Client, given: unknown): string {
  if (given === undefined || given === null) {
    return client.id('phoneNumberId');
  }
  const fix =
    'WhatsApp Manager shows it beside the number; it is the ID, not the number itself.';
  return readId(given, 'The ID of the phone number', fix);
}
