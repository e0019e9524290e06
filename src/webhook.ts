import type { ParseOptions, WebhookEvents } from './types';
import { challenge as answerChallenge } from './events/challenge';
import { parse as parsePayload } from './events/parse';
import { verify as verifySignature } from './events/signature';

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
