import * as v from 'valibot';
import { readPhoneNumberId } from '../core/client';
import type { Client } from '../core/client';
import { refuse } from '../core/errors';
import type { WhatsAppError } from '../core/errors';
import type { Context, Result, Work } from '../core/operation';
import { isObject, objectsIn } from '../core/values';
import { collapseStatuses } from '../events/status';
import { askGateway, listAtGateway } from '../graph/gateway';
import { factsOf } from '../graph/request';
import { sendRequest } from '../graph/send-request';
import { readRecipient } from '../recipients/recipient';
import { check, coerce } from '../schema/check';
import { id as identifier, oneOf } from '../schema/rules';
import type {
  AccountOptions,
  ListMessagesOptions,
  MessageReport,
} from '../types';
import { deliveryOf, readAccountOptions, readPageOptions } from './options';
import { asIsoTime, readOptionalTime } from './time';

// What became of messages, asked after the fact. Meta tells by webhook only;
// the gateway keeps what it told.

const HOW =
  'Run the gateway of this package, which keeps what Meta tells by webhook, and set gatewayUrl and gatewayKey in the credential.';

/** The furthest status of a message. */
export function readMessageStatus(
  { client }: Context,
  messageId: unknown,
  given: unknown,
): Promise<Result> {
  const options = readAccountOptions<AccountOptions>(given);
  const id = coerce(identifier(), messageId);
  check(identifier(), id, 'messageId', { code: 'INVALID_ID' });
  return client.hasGateway
    ? fromGateway(client, id, options)
    : fromHistory(client, id, options);
}

async function fromGateway(
  client: Client,
  id: string,
  options: AccountOptions,
): Promise<Result> {
  const path = ['messages', id, 'status'];
  const answer = await askGateway(client, path, deliveryOf(options));
  const { body } = answer;
  if (!isObject(body) || typeof body['status'] !== 'string') {
    refuse(
      'STATUS_UNKNOWN',
      'The gateway has no status of this message.',
      'A status takes a moment to come: ask again later. Check that the ID is whole, and that Meta sends its webhooks to the gateway (preflight tells).',
    );
  }
  return { data: { ...body, source: 'gateway' }, response: factsOf(answer) };
}

async function fromHistory(
  client: Client,
  id: string,
  options: AccountOptions,
): Promise<Result> {
  const answer = await sendRequest(client, {
    method: 'GET',
    parts: [client.id('phoneNumberId'), 'message_history'],
    query: { message_id: id },
    ...deliveryOf(options),
  }).catch(explain);
  const data = readHistory(answer.body, id);
  if (data === undefined) {
    refuse(
      'STATUS_UNKNOWN',
      'Meta keeps no history of this message that could be read.',
      `Check that the ID is whole. ${HOW}`,
    );
  }
  return { data, response: factsOf(answer) };
}

/** Meta has this history for some accounts only, and for others no such path. */
function explain(error: unknown): never {
  if ((error as WhatsAppError).metaCode !== 100) throw error;
  return refuse(
    'STATUS_UNKNOWN',
    'Meta keeps no history of messages for this number, so nobody can be asked for the status.',
    HOW,
  );
}

/** The messages from and to a person, the newest first; everybody's when the job names nobody. */
export const readMessagesWith =
  (isNamed: boolean): Work<[unknown, unknown]> =>
  (context, contact, given) =>
    listMessagesOf(
      context,
      // A value that is missing on state names somebody too, and not everybody.
      isNamed ? readContact(contact) : undefined,
      given,
    );

async function listMessagesOf(
  { client }: Context,
  contact: string | undefined,
  given: unknown,
): Promise<Result> {
  const { options, extent } = readPageOptions<ListMessagesOptions>(given, {
    phoneNumberId: v.unknown(),
    since: v.unknown(),
    direction: oneOf('inbound', 'outbound'),
  });
  const query = {
    contact,
    direction: options.direction,
    phoneNumberId:
      options.phoneNumberId === undefined
        ? undefined
        : readPhoneNumberId(options.phoneNumberId),
    since: readOptionalTime(options.since, 'The option since'),
  };
  if (!client.hasGateway) {
    refuse(
      'MESSAGES_UNKNOWN',
      'Meta hands out a message once, by webhook, and has no list of them to ask for.',
      HOW,
    );
  }
  const question = { query, ...deliveryOf(options) };
  const { items, response } = await listAtGateway(
    client,
    ['messages'],
    question,
    extent,
  );
  return { data: items, response };
}

/** Whom the gateway knows by this: without country code, it would find nobody and say nothing. */
function readContact(given: unknown): string | undefined {
  const person = readRecipient(given, {});
  return 'to' in person ? person.to : person.recipient;
}

type Given = Record<string, unknown>;

/** What Meta's history tells of a message, as a status webhook would; undefined when it tells nothing. */
export function readHistory(
  body: unknown,
  id: string,
): MessageReport | undefined {
  const entries = objectsIn(isObject(body) ? body['data'] : undefined);
  const history = entries
    .filter(entry => entry['message_id'] === id)
    .flatMap(({ events }) => objectsIn(isObject(events) ? events['data'] : []))
    .map(stepOf)
    .sort(byTime);
  const statuses = history.map(step => ({ ...step, id, raw: {} }));
  const [furthest] = collapseStatuses(statuses);
  if (furthest === undefined) return undefined;
  const { raw: _, ...report } = furthest;
  return { ...report, history, source: 'meta' };
}

type Step = MessageReport['history'][number];

function stepOf({
  delivery_status: status,
  timestamp,
  error_description: error,
}: Given): Step {
  const time = asIsoTime(timestamp);
  return {
    status: String(status).toLowerCase(),
    ...(typeof time === 'string' && { timestamp: time }),
    ...(typeof error === 'string' && { error: { message: error } }),
  };
}

const byTime = (a: Step, b: Step) =>
  (a.timestamp ?? '').localeCompare(b.timestamp ?? '');
