import { operation } from './core/operation';
import { markingAsRead } from './graph/mark-as-read';
import { rawRequest } from './graph/raw-request';
import { sending } from './graph/send';
import { buildMessage } from './messages/message';
import { buildButtons } from './messages/plain/buttons';
import { buildContacts } from './messages/plain/contacts';
import { buildFlow } from './messages/plain/flow';
import { buildList } from './messages/plain/list';
import { buildLocation } from './messages/plain/location';
import { buildLocationRequest } from './messages/plain/location-request';
import { buildMedia } from './messages/plain/media';
import { buildReaction } from './messages/plain/reaction';
import { buildUrlButton } from './messages/plain/url-button';
import { buildReadReceipt } from './messages/read-receipt';
import { buildTemplate } from './messages/template/build';
import { buildOneTimePassword } from './messages/template/one-time-password';
import type {
  ContactContent,
  FlowParameters,
  InteractiveOptions,
  ListOptions,
  ListRow,
  ListSection,
  LocationContent,
  MediaOptions,
  Message,
  MessageOptions,
  OneTimePasswordOptions,
  Operation,
  PlainContact,
  ReadOptions,
  ReplyButton,
  RequestOptions,
  SendOptions,
  TemplateName,
  TemplateOptions,
  TemplateValues,
  UrlButton,
  Value,
} from './types';

/**
 * Options of every operation that sends a message.
 * @typedef {Object} SendOptions
 * @public
 * @property {string} [replyTo] - ID of the message to quote.
 * @property {string} [callbackData] - Text that comes back in the statuses of this message; at most 512 characters.
 * @property {string} [recipientType] - `group` when the recipient is the ID of a group. Default `individual`.
 * @property {number} [timeout] - Milliseconds to wait for Meta's answer. Default 30000.
 * @property {Object} [retry] - How to repeat a failed request: `{ attempts, delay, backoff, on }`, or `false` for never.
 * @property {boolean} [dryRun] - Build and check the message, but do not send it: `state.data` is `{ dryRun, method, path, body }`.
 */

/**
 * Options of `sendTemplate`, besides the send options.
 * @typedef {Object} TemplateOptions
 * @public
 * @property {string} [language] - Language code of the template. Default `en_US`.
 * @property {(string|Object)} [header] - Text of the header, or `{ image | video | document | location | product: … }`.
 * @property {Array} [buttons] - One item for each button by position, `null` where it needs nothing: `{ url }`, `{ payload }`, `{ copy_code }`, `{ flow }`, `{ catalog }`, `{ mpm }`, `{ order_details }`, `{ voice_call }`.
 * @property {Array} [carousel] - One card for each card of the template: `{ header, body, buttons }`.
 * @property {(number|Object)} [limitedTimeOffer] - When the offer ends, in Unix milliseconds.
 * @property {Array} [components] - Meta's own components; they win over what is built from the other options.
 */

/**
 * Options of `sendButtons`, `sendUrlButton`, `sendFlow` and `requestLocation`, besides the send options.
 * @typedef {Object} InteractiveOptions
 * @public
 * @property {(string|Object)} [header] - Text above the body, or Meta's header object with an image, video or document.
 * @property {string} [footer] - Small text below the body.
 */

/**
 * Options of `sendList`, besides the interactive and the send options.
 * @typedef {Object} ListOptions
 * @public
 * @property {string} [button] - The text of the button that opens the list. Default `Options`.
 */

/**
 * Options of `sendMedia`, besides the send options.
 * @typedef {Object} MediaOptions
 * @public
 * @property {string} [caption] - Text below an image, video or document.
 * @property {string} [filename] - Name of a document, with its extension: the phone picks the icon by it.
 * @property {boolean} [voice] - Show an audio as a voice message. It has to be Ogg with Opus.
 */

/**
 * Options of `request`.
 * @typedef {Object} RequestOptions
 * @public
 * @property {Object} [query] - Query parameters.
 * @property {Object} [headers] - Further headers. The token is added by the adaptor.
 * @property {*} [body] - The body; wins over the argument.
 * @property {Object} [form] - Fields of a multipart request.
 * @property {Array} [files] - Files of a multipart request: `{ name, content, filename, type }`.
 * @property {string} [parseAs] - `json` (default), `text`, `base64` or `stream`.
 * @property {number} [timeout] - Milliseconds to wait for the answer. Default 30000.
 * @property {boolean} [debug] - Log method, path, status and sizes; never contents.
 * @property {Object} [retry] - How to repeat a failed request: `{ attempts, delay, backoff, on }`, or `false` for never.
 * @property {Object} [errors] - By HTTP status: `false` makes it a success, `true` an error, a text is the message of the error.
 * @property {Object} [tls] - Options of Node's TLS.
 */

/**
 * What a send leaves on state.
 * @typedef {Object} SendState
 * @public
 * @property {Object} data - `{ messageId, to, waId, userId, status }`. `accepted` is not yet delivered: a webhook tells.
 * @property {Object} response - `{ method, path, statusCode, duration, attempts, body }`, with Meta's whole answer in `body`.
 * @property {Array} references - The previous values of `data`.
 */

export {
  as,
  combine,
  cursor,
  dataPath,
  dataValue,
  dateFns,
  each,
  field,
  fields,
  fn,
  fnIf,
  group,
  lastReferenceValue,
  log,
  map,
  merge,
  scrubEmojis,
  sourceValue,
  util,
} from '@openfn/language-common';

/**
 * Send a message: a text, or any message that WhatsApp knows, in Meta's own form.
 *
 * Outside the 24 hours after a person's last message only templates arrive: see `sendTemplate`.
 * @public
 * @function
 * @example <caption>Send a text</caption>
 * sendMessage($.data.phone, `Dear ${$.data.name}, your visit is tomorrow.`);
 * @example <caption>Send a picture with a caption</caption>
 * sendMessage($.data.phone, {
 *   image: { link: $.data.map, caption: 'The way to the clinic' }
 * });
 * @example <caption>Quote the message that is answered, and recognize the statuses of the answer</caption>
 * sendMessage($.data.phone, 'Thank you, we have noted it.', {
 *   replyTo: $.data.messageId,
 *   callbackData: $.data.visitId
 * });
 * @param {string} to - Phone number with + and country code, or business-scoped user ID.
 * @param {(string|Object)} message - A text, or Meta's message object; its `type` may be left out.
 * @param {SendOptions} options - Optional. Also `previewUrl` for a text: show a preview of its first link.
 * @state {SendState}
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-messages
 */
export function sendMessage(
  to: Value<string>,
  message: Value<string | Message>,
  options?: Value<MessageOptions>,
): Operation {
  return operation([to, message, options], sending(buildMessage));
}

/**
 * Send an approved template: the only message that arrives outside the 24 hours after a person's last message.
 *
 * Line breaks, tabs and runs of spaces in values become one space, because WhatsApp refuses them.
 * @public
 * @function
 * @example <caption>Fill {{1}} and {{2}} of the template in their order</caption>
 * sendTemplate($.data.phone, 'visit_reminder', [$.data.name, $.data.date]);
 * @example <caption>Fill named values of a template in Swahili</caption>
 * sendTemplate(
 *   $.data.phone,
 *   'visit_reminder',
 *   { name: $.data.name, date: $.data.date },
 *   { language: 'sw' }
 * );
 * @example <caption>A template with a picture above and a link button below</caption>
 * sendTemplate($.data.phone, 'lab_result', [$.data.name], {
 *   header: { image: { link: $.data.map } },
 *   buttons: [{ url: $.data.visitId }]
 * });
 * @param {string} to - Phone number with + and country code, or business-scoped user ID.
 * @param {(string|Object)} template - Name of the template, or `{ name, language }`.
 * @param {(Array|Object)} values - Values of the body: a list by position, or an object by name. Each is text, a number, `{ currency }` or `{ date_time }`.
 * @param {TemplateOptions} options - Optional. Language, header, buttons, carousel and the send options.
 * @state {SendState}
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-message-templates
 */
export function sendTemplate(
  to: Value<string>,
  template: Value<TemplateName>,
  values?: Value<TemplateValues>,
  options?: Value<TemplateOptions>,
): Operation {
  return operation([to, template, values, options], sending(buildTemplate));
}

/**
 * Send a one-time password with an authentication template: the code stands in the text and in the button.
 * @public
 * @function
 * @example <caption>Send a code to log in</caption>
 * sendOneTimePassword($.data.phone, 'login_code', $.data.code);
 * @param {string} to - Phone number with + and country code.
 * @param {(string|Object)} template - Name of the template, or `{ name, language }`.
 * @param {string} code - The code, at most 15 characters. As text: a number loses its leading zeros.
 * @param {SendOptions} options - Optional. Also `language`.
 * @state {SendState}
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/business-management-api/authentication-templates
 */
export function sendOneTimePassword(
  to: Value<string>,
  template: Value<TemplateName>,
  code: Value<string>,
  options?: Value<OneTimePasswordOptions>,
): Operation {
  return operation(
    [to, template, code, options],
    sending(buildOneTimePassword),
  );
}

/**
 * Send an image, audio, video, document or sticker.
 * @public
 * @function
 * @example <caption>Send a document from a public address</caption>
 * sendMedia($.data.phone, 'document', $.data.invoiceUrl, {
 *   filename: 'invoice.pdf',
 *   caption: 'Your invoice'
 * });
 * @example <caption>Send an uploaded audio as a voice message</caption>
 * sendMedia($.data.phone, 'audio', $.data.mediaId, { voice: true });
 * @param {string} to - Phone number with + and country code, or business-scoped user ID.
 * @param {string} type - `image`, `audio`, `video`, `document` or `sticker`.
 * @param {(string|Object)} media - Media ID, public https link, or Meta's media object.
 * @param {MediaOptions} options - Optional. Caption, filename, voice and the send options.
 * @state {SendState}
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media
 */
export function sendMedia(
  to: Value<string>,
  type: Value<'image' | 'audio' | 'video' | 'document' | 'sticker'>,
  media: Value<string | object>,
  options?: Value<MediaOptions>,
): Operation {
  return operation([to, type, media, options], sending(buildMedia));
}

/**
 * Send a place on the map.
 * @public
 * @function
 * @example <caption>Show the way to the clinic</caption>
 * sendLocation($.data.phone, {
 *   latitude: -1.2921,
 *   longitude: 36.8219,
 *   name: 'Hope Clinic',
 *   address: 'Moi Avenue, Nairobi'
 * });
 * @param {string} to - Phone number with + and country code, or business-scoped user ID.
 * @param {Object} location - `{ latitude, longitude, name, address }`, in decimal degrees.
 * @param {SendOptions} options - Optional. The send options.
 * @state {SendState}
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/messages/location-messages
 */
export function sendLocation(
  to: Value<string>,
  location: Value<LocationContent>,
  options?: Value<SendOptions>,
): Operation {
  return operation([to, location, options], sending(buildLocation));
}

/**
 * Send one or several contact cards.
 * @public
 * @function
 * @example <caption>Send the number of the midwife</caption>
 * sendContacts($.data.phone, {
 *   firstName: 'Amina',
 *   lastName: 'Yusuf',
 *   phone: $.data.midwifePhone,
 *   phoneType: 'WORK'
 * });
 * @param {string} to - Phone number with + and country code, or business-scoped user ID.
 * @param {(Object|Array)} contacts - `{ firstName, middleName, lastName, phone, phoneType, email, emailType, birthday, company }`, Meta's contact object, or a list of them.
 * @param {SendOptions} options - Optional. The send options.
 * @state {SendState}
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/messages/contacts-messages
 */
export function sendContacts(
  to: Value<string>,
  contacts: Value<
    PlainContact | ContactContent | (PlainContact | ContactContent)[]
  >,
  options?: Value<SendOptions>,
): Operation {
  return operation([to, contacts, options], sending(buildContacts));
}

/**
 * React to a message with an emoji. An empty text takes the reaction back.
 * @public
 * @function
 * @example <caption>Show that the photo has arrived</caption>
 * sendReaction($.data.phone, $.data.messageId, '👍');
 * @example <caption>Take the reaction back</caption>
 * sendReaction($.data.phone, $.data.messageId, '');
 * @param {string} to - Phone number with + and country code, or business-scoped user ID.
 * @param {string} messageId - ID of the message to react to.
 * @param {string} emoji - One emoji, or an empty text.
 * @param {SendOptions} options - Optional. The send options, but `replyTo`.
 * @state {SendState}
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/messages/reaction-messages
 */
export function sendReaction(
  to: Value<string>,
  messageId: Value<string>,
  emoji: Value<string>,
  options?: Value<SendOptions>,
): Operation {
  return operation([to, messageId, emoji, options], sending(buildReaction));
}

/**
 * Ask a question with up to three buttons.
 * @public
 * @function
 * @example <caption>Ask whether the patient will come</caption>
 * sendButtons($.data.phone, 'Will you come tomorrow?', ['Yes', 'No']);
 * @example <caption>Buttons whose answer names the visit</caption>
 * sendButtons(
 *   $.data.phone,
 *   'Will you come tomorrow?',
 *   [
 *     { id: `yes:${$.data.visitId}`, title: 'Yes' },
 *     { id: `no:${$.data.visitId}`, title: 'No' }
 *   ],
 *   { footer: 'Hope Clinic' }
 * );
 * @param {string} to - Phone number with + and country code, or business-scoped user ID.
 * @param {string} body - The question.
 * @param {Array} buttons - Titles, or `{ id, title }`. An id not given is the title.
 * @param {InteractiveOptions} options - Optional. Header, footer and the send options.
 * @state {SendState}
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-reply-buttons-messages
 */
export function sendButtons(
  to: Value<string>,
  body: Value<string>,
  buttons: Value<(string | number | ReplyButton)[]>,
  options?: Value<InteractiveOptions>,
): Operation {
  return operation([to, body, buttons, options], sending(buildButtons));
}

/**
 * Offer a list of up to ten choices behind one button.
 * @public
 * @function
 * @example <caption>A list of services</caption>
 * sendList($.data.phone, 'How can we help?', ['Vaccination', 'Lab results']);
 * @example <caption>Rows with a description, in sections</caption>
 * sendList(
 *   $.data.phone,
 *   'How can we help?',
 *   [
 *     {
 *       title: 'Children',
 *       rows: [{ id: 'vacc', title: 'Vaccination', description: 'Until 5 years' }]
 *     },
 *     { title: 'Adults', rows: ['Lab results', 'Pharmacy'] }
 *   ],
 *   { button: 'Services' }
 * );
 * @param {string} to - Phone number with + and country code, or business-scoped user ID.
 * @param {string} body - The text above the button.
 * @param {Array} rows - Titles, rows `{ id, title, description }`, or sections `{ title, rows }`.
 * @param {ListOptions} options - Optional. Button, header, footer and the send options.
 * @state {SendState}
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-list-messages
 */
export function sendList(
  to: Value<string>,
  body: Value<string>,
  rows: Value<(string | number | ListRow | ListSection)[]>,
  options?: Value<ListOptions>,
): Operation {
  return operation([to, body, rows, options], sending(buildList));
}

/**
 * Send a text with a button that opens a web page.
 * @public
 * @function
 * @example <caption>Open the page of the next dates</caption>
 * sendUrlButton($.data.phone, 'Choose the day of your visit.', {
 *   display_text: 'See dates',
 *   url: $.data.bookingUrl
 * });
 * @param {string} to - Phone number with + and country code, or business-scoped user ID.
 * @param {string} body - The text above the button.
 * @param {Object} button - `{ display_text, url }`.
 * @param {InteractiveOptions} options - Optional. Header, footer and the send options.
 * @state {SendState}
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/messages/interactive-cta-url-messages
 */
export function sendUrlButton(
  to: Value<string>,
  body: Value<string>,
  button: Value<UrlButton>,
  options?: Value<InteractiveOptions>,
): Operation {
  return operation([to, body, button, options], sending(buildUrlButton));
}

/**
 * Send a flow: a form that is filled in inside WhatsApp.
 * @public
 * @function
 * @example <caption>Register a newborn with a form</caption>
 * sendFlow($.data.phone, 'Please register your baby.', {
 *   flow_id: $.data.flowId,
 *   flow_cta: 'Register',
 *   flow_token: $.data.visitId
 * });
 * @param {string} to - Phone number with + and country code, or business-scoped user ID.
 * @param {string} body - The text above the button.
 * @param {Object} flow - Meta's flow parameters: `flow_id` or `flow_name`, `flow_cta` and more.
 * @param {InteractiveOptions} options - Optional. Header, footer and the send options.
 * @state {SendState}
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/flows/guides/sendingaflow
 */
export function sendFlow(
  to: Value<string>,
  body: Value<string>,
  flow: Value<FlowParameters>,
  options?: Value<InteractiveOptions>,
): Operation {
  return operation([to, body, flow, options], sending(buildFlow));
}

/**
 * Ask a person to send where they are.
 * @public
 * @function
 * @example <caption>Ask where the ambulance should go</caption>
 * requestLocation($.data.phone, 'Where are you?');
 * @param {string} to - Phone number with + and country code, or business-scoped user ID.
 * @param {string} body - The text above the button.
 * @param {InteractiveOptions} options - Optional. Header, footer and the send options.
 * @state {SendState}
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/messages/location-request-messages
 */
export function requestLocation(
  to: Value<string>,
  body: Value<string>,
  options?: Value<InteractiveOptions>,
): Operation {
  return operation([to, body, options], sending(buildLocationRequest));
}

/**
 * Mark a received message, and those before it, as read. Leaves `{ messageId, success }` on `state.data`.
 * @public
 * @function
 * @example <caption>Show that the message was read and an answer is being written</caption>
 * markAsRead($.data.messageId, { typing: true });
 * @param {string} messageId - ID of the received message.
 * @param {Object} options - Optional. `typing: true` also shows the typing indicator, for 25 seconds or until the answer; `timeout`, `retry` and `dryRun` as for a send.
 * @state data - `{ messageId, success }`.
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/guides/mark-message-as-read
 */
export function markAsRead(
  messageId: Value<string>,
  options?: Value<ReadOptions>,
): Operation {
  return operation([messageId, options], markingAsRead(buildReadReceipt));
}

/**
 * Make any request to the API. Leaves the answer on `state.data`.
 *
 * A POST is as careful as a send: it is repeated only when Meta surely refused it.
 * @public
 * @function
 * @example <caption>Send a message in Meta's own form</caption>
 * request('POST', 'messages', {
 *   messaging_product: 'whatsapp',
 *   to: $.data.phone,
 *   type: 'text',
 *   text: { body: 'Hello' }
 * });
 * @example <caption>Write from another number of the account: a path that begins with / starts at the version</caption>
 * request('POST', `/${$.data.otherNumberId}/messages`, {
 *   messaging_product: 'whatsapp',
 *   to: $.data.phone,
 *   type: 'text',
 *   text: { body: 'Hello' }
 * });
 * @param {string} method - HTTP method.
 * @param {string} path - Path below the phone number, as `messages`; with a leading / below the version.
 * @param {(Object|string)} body - Optional. Body of the request; an object goes out as JSON.
 * @param {RequestOptions} options - Optional. Query, headers, form, files and more.
 * @state data - Meta's answer.
 * @state response - `{ method, path, statusCode, statusMessage, headers, duration, attempts }`.
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference
 */
export function request(
  method: Value<string>,
  path: Value<string>,
  body?: Value<unknown>,
  options?: Value<RequestOptions>,
): Operation {
  return operation([method, path, body, options], rawRequest);
}
