import { collapseStatuses } from './events/status';
import { eventKey as keyOf, parse as parsePayload } from './events/parse';
import type { MessageStatus, ParseOptions, WebhookEvents } from './types';
import {
  challenge as answerChallenge,
  verify as verifySignature,
} from './events/verify';

/**
 * Whether Meta signed exactly these bytes with one of the secrets. A wrong or
 * missing signature is `false`; a body that was already parsed is an error.
 * @public
 * @function
 * @example <caption>Check a request in your own server</caption>
 * webhook.verify(rawBody, headers['x-hub-signature-256'], appSecret);
 * @param {string|Buffer} rawBody - The body of the request exactly as it arrived.
 * @param {string} signature - The header `x-hub-signature-256`.
 * @param {string|Array} secrets - The app secret, or a list of them while one is changed.
 * @returns {boolean} Whether the body can be trusted.
 * @see https://developers.facebook.com/docs/graph-api/webhooks/getting-started#validate-payloads
 */
export function verify(
  rawBody: string | Uint8Array,
  signature: string | undefined,
  secrets: string | string[],
): boolean {
  return verifySignature(rawBody, signature, secrets);
}

/**
 * The challenge to answer Meta's handshake with, as plain text; undefined when
 * the request does not carry our verify token: answer 403 then.
 * @public
 * @function
 * @example <caption>Answer the handshake in your own server</caption>
 * webhook.challenge(query, 'the token I chose');
 * @param {Object} query - The query of the request, with `hub.mode`, `hub.challenge` and `hub.verify_token`.
 * @param {string} verifyToken - The text that you chose for the webhook at Meta.
 * @returns {string|undefined} The challenge.
 * @see https://developers.facebook.com/docs/graph-api/webhooks/getting-started#verification-requests
 */
export function challenge(
  query: object,
  verifyToken: string,
): string | undefined {
  return answerChallenge(query, verifyToken);
}

/**
 * Every event of a webhook, flat, each once: `messages`, `notices`, `statuses`,
 * `calls`, `account`, and whole what is `unknown`. It does not check who sent the
 * webhook: without `verify`, anybody who knows the address is trusted.
 * @public
 * @function
 * @example <caption>Keep what people wrote</caption>
 * fn(state => ({ ...state, messages: webhook.parse(state.data).messages }));
 * @example <caption>One status a message</caption>
 * fn(state => ({ ...state, data: webhook.parse(state.data, { collapse: true }).statuses }));
 * @param {Object} payload - The body of Meta's request, parsed or as text.
 * @param {Object} options - `collapse: true` keeps the furthest status of each message only.
 * @returns {WebhookEvents} The events.
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks
 */
export function parse(payload: unknown, options?: ParseOptions): WebhookEvents {
  return parsePayload(payload, options);
}

/**
 * A text that is the same when Meta sends the same event again, in whatever
 * webhook, and another one for every other event. A message has its ID, a status
 * the message and the state, what concerns the account all that it says.
 * @public
 * @function
 * @example <caption>Keep each message once</caption>
 * fn(state => ({
 *   ...state,
 *   messages: Object.fromEntries(
 *     webhook.parse(state.data).messages.map(message => [webhook.eventKey('messages', message), message]),
 *   ),
 * }));
 * @param {string} kind - The list that the event is in: `messages`, `notices`, `statuses`, `calls`, `account` or `unknown`.
 * @param {Object} event - The event, as `parse` gives it.
 * @returns {string} The key.
 */
export function eventKey<Kind extends keyof WebhookEvents>(
  kind: Kind,
  event: WebhookEvents[Kind][number],
): string {
  return keyOf(kind, event);
}

/**
 * The furthest status of each message, whatever the order they came in; in a
 * group, of each participant. `parse` does the same with `collapse: true`.
 * @public
 * @function
 * @example <caption>One status a message, from several webhooks</caption>
 * fn(state => ({ ...state, data: webhook.collapse(state.webhooks.flatMap(body => webhook.parse(body).statuses)) }));
 * @param {Array} statuses - Statuses, as `parse` gives them.
 * @returns {Array} The statuses that are left.
 */
export function collapse(statuses: MessageStatus[]): MessageStatus[] {
  return collapseStatuses(statuses);
}
