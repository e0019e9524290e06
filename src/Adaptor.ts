import { checkSendingLimit } from './account/preflight/number';
import { readAnalytics } from './account/analytics/get-analytics';
import { sendTemplateMessage } from './account/templates/send-template';
import {
  createTemplateWith,
  removeTemplate,
  updateTemplateWith,
} from './account/templates/change-templates';
import { readTemplate } from './account/templates/get-template';
import { readTemplateList } from './account/templates/list-templates';
import { deleteMediaById, getMediaFacts } from './media/media-facts';
import { parse, readWebhook } from './events/parse';
import { replyWith, sendWith } from './graph/send-request';
import { block, readBlockList, unblock } from './account/blocklist';
import { readConversations } from './account/conversations';
import { readMessageStatus, readMessagesWith } from './account/deliveries';
import { readPhoneNumber, readPhoneNumbers } from './account/phone-numbers';
import { checkReadiness } from './account/preflight/preflight';
import {
  readBusinessProfile,
  updateBusinessProfileWith,
} from './account/profile';
import { fileUpload } from './account/upload';
import {
  deregister,
  register,
  askForCode,
  submitCode,
} from './account/registration';
import {
  addSubscription,
  readSubscriptions,
  removeSubscription,
} from './account/subscriptions';
import { broadcastItems } from './broadcast/broadcast';
import { reconcileWith } from './broadcast/reconcile';
import { operation } from './core/operation';
import type { RequestOption } from './core/operation';
import { readSignedWebhook } from './events/verify';
import { markAsReadWith } from './graph/mark-as-read';
import { sendRawRequest } from './graph/send-raw-request';
import { logIn } from './graph/log-in';
import { downloadFile } from './media/download';
import { sendMediaWith } from './media/send';
import { uploadFile } from './media/upload';
import { buildMessage } from './messages/message';
import { buildContacts } from './messages/plain/contacts';
import {
  buildButtons,
  buildFlow,
  buildList,
  buildLocationRequest,
  buildUrlButton,
} from './messages/plain/interactive';
import { buildLocation } from './messages/plain/location';
import { buildMedia } from './messages/plain/media';
import { buildReaction } from './messages/plain/reaction';
import { buildReadReceipt } from './messages/read-receipt';
import { buildReply } from './messages/reply';
import { buildOneTimePassword } from './messages/plain/template/one-time-password';
import type {
  AccountOptions,
  TextOptions,
  AnalyticsOptions,
  BroadcastOptions,
  BroadcastResult,
  ContactContent,
  DeleteTemplateOptions,
  DownloadOptions,
  FlowParameters,
  GetMediaOptions,
  GetTemplateOptions,
  InteractiveOptions,
  ListMessagesOptions,
  ListOptions,
  ListRow,
  ListSection,
  ListTemplatesOptions,
  LocationContent,
  MediaOptions,
  Message,
  MessageOptions,
  NumberOptions,
  OneTimePasswordOptions,
  Operation,
  PageOptions,
  ParseOptions,
  PlainContact,
  PreflightOptions,
  ProfileChanges,
  ReadOptions,
  RegistrationOptions,
  ReplyButton,
  ReplyOptions,
  RequestOptions,
  SendOptions,
  SubscriptionOptions,
  TemplateChanges,
  TemplateDefinition,
  TemplateName,
  TemplateOptions,
  TemplateValues,
  UploadFile,
  UploadOptions,
  UrlButton,
  Value,
  VerificationOptions,
  VerifyOptions,
} from './types';

// A list before the first comment: OpenFn's tool takes only the comment directly above a function.
const NUMBER: readonly RequestOption[] = ['connectTimeout', 'phoneNumberId'];

/**
 * Options of every operation that sends a message.
 * @typedef {Object} SendOptions
 * @public
 * @property {string} [phoneNumberId] - The ID of the number to use. Default: that of the credential.
 * @property {(string|number)} [replyTo] - ID of the message to quote.
 * @property {(string|number)} [callbackData] - Text that comes back in the statuses of this message; at most 512 characters.
 * @property {string} [recipientType] - `group` when the recipient is the ID of a group. Default `individual`.
 * @property {string} [defaultCountry] - Where a number without + is dialed, as two letters such as `KE`: `0712 345 678` goes to `+254712345678`.
 * @property {number} [timeout] - Milliseconds to wait for Meta's answer. Default 30000.
 * @property {number} [connectTimeout] - Milliseconds to wait for a connection. Default 10000.
 * @property {(Retry|boolean)} [retry] - How to repeat a failed request; `false` for never.
 * @property {boolean} [dryRun] - Build and check the message, but do not send it: `state.data` is `{ dryRun, method, path, body }`.
 * @property {boolean} [allowMissing] - Send a text also when `undefined`, `null`, `NaN`, `Invalid Date` or `[object Object]` stands in it for a missing value. By default it is the error `VALUE_MISSING`.
 */

/**
 * The option `retry`: how often, and after which failures, a request is repeated.
 * @typedef {Object} Retry
 * @public
 * @property {number} [attempts] - Tries in all, the first included. Default 4.
 * @property {number} [delay] - Milliseconds before the second try. Default 1000.
 * @property {string} [backoff] - `exponential` (default): the wait doubles after each try; `fixed`: it stays.
 * @property {string} [on] - `refused` (default of sends): only what Meta surely refused or never received, so that no message goes out twice; `transient` (default of reads): also time-outs, broken connections and 5xx; `all`: every failure.
 */

/**
 * Options of `sendTemplate`, besides the send options.
 * @typedef {Object} TemplateOptions
 * @public
 * @property {string} [language] - Language code of the template. Default `en_US`.
 * @property {(string|number|Object)} [header] - Text of the header, or `{ image | video | document | location | product: … }`.
 * @property {Array} [buttons] - One item for each button by position, `null` where it needs nothing: `{ url }`, `{ payload }`, `{ copy_code }`, `{ flow }`, `{ catalog }`, `{ mpm }`, `{ order_details }`, `{ voice_call }`.
 * @property {Array} [carousel] - One card for each card of the template: `{ header, body, buttons }`.
 * @property {(number|Object)} [limitedTimeOffer] - When the offer ends, in Unix milliseconds.
 * @property {Array} [components] - Components as Meta writes them. Each takes the place of the one of the same type that the other options make; a button, that of the same index.
 * @property {boolean} [check] - Compare with the approved template first, which is looked up once a run: a mismatch is an error, and nothing is sent. An object of values then fills `{{name}}` and `{{1}}` alike. Needs `wabaId`.
 */

/**
 * Options of `sendButtons`, `sendUrlButton`, `sendFlow` and `requestLocation`, besides the send options.
 * @typedef {Object} InteractiveOptions
 * @public
 * @property {(string|Object)} [header] - Text above the body, at most 60 characters, or Meta's header object with an image, video or document.
 * @property {string} [footer] - Small text below the body; at most 60 characters.
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
 * @property {string} [caption] - Text below an image, video or document; at most 1024 characters.
 * @property {string} [filename] - Name of a document, with its extension: the phone picks the icon by it.
 * @property {boolean} [voice] - Show an audio as a voice message. It has to be Ogg with Opus.
 * @property {boolean} [reuse] - Upload the same content only once in a run, for however many people.
 */

/**
 * Options of `uploadMedia`.
 * @typedef {Object} UploadOptions
 * @public
 * @property {string} [phoneNumberId] - The ID of the number to use. Default: that of the credential.
 * @property {string} [filename] - Name of the file; its extension is corrected to match the content.
 * @property {string} [type] - MIME type, where the content does not tell it.
 * @property {boolean} [reuse] - Upload the same content only once in a run, and give its ID again. Not for streams; a URL stands for its content.
 * @property {number} [timeout] - Milliseconds to wait for Meta's answer. Default 120000.
 * @property {number} [connectTimeout] - Milliseconds to wait for a connection. Default 10000.
 * @property {(Retry|boolean)} [retry] - How to repeat a failed upload; `false` for never. A stream is sent once.
 * @property {boolean} [dryRun] - Check the file, but do not upload it: `state.data` is `{ dryRun, method, path, body }`.
 */

/**
 * Options of `getMedia` and `deleteMedia`.
 * @typedef {Object} GetMediaOptions
 * @public
 * @property {string} [phoneNumberId] - Only when the media belongs to the number with this ID.
 * @property {number} [timeout] - Milliseconds to wait for Meta's answer. Default 30000.
 * @property {number} [connectTimeout] - Milliseconds to wait for a connection. Default 10000.
 * @property {(Retry|boolean)} [retry] - How to repeat a failed request; `false` for never.
 */

/**
 * Another system that a download goes to.
 * @typedef {Object} DeliveryTarget
 * @public
 * @property {string} url - Its address.
 * @property {string} [method] - `PUT` (default), `POST` (default with `field`) or `PATCH`.
 * @property {Object} [headers] - Its headers, such as its own authorization.
 * @property {string} [field] - Send a form with the file in the field of this name.
 * @property {Object} [fields] - The other fields of the form, before the file: text, numbers and booleans; lists and objects as JSON; `{ content, filename, type }` as a small file.
 */

/**
 * Options of `downloadMedia`.
 * @typedef {Object} DownloadOptions
 * @public
 * @property {string} [as] - How the content is left on state: `base64` (default), `text`, or `json`.
 * @property {number} [maxSize] - The most bytes; more is an error. Default 16 MB, with `to` none.
 * @property {string} [phoneNumberId] - Only when the media belongs to the number with this ID.
 * @property {(string|DeliveryTarget)} [to] - Address of another system: the file goes there, and is not left on state. An object has the next four options, too.
 * @property {string} [method] - For `to`: `PUT` (default), `POST` (default with `field`) or `PATCH`.
 * @property {Object} [headers] - For `to`: headers for the other system, such as its own authorization.
 * @property {string} [field] - For `to`: send a form with the file in the field of this name, as DHIS2 wants it.
 * @property {Object} [fields] - For `to`: the other fields of the form. They stand before the file.
 * @property {number} [timeout] - Milliseconds to wait for an answer, or for its next piece. Default 30000.
 * @property {number} [connectTimeout] - Milliseconds to wait for a connection. Default 10000.
 * @property {(Retry|boolean)} [retry] - How to repeat a failed request; `false` for never.
 */

/**
 * Options of `listTemplates`, besides `limit` (default 100), `after`, `timeout` and `retry`.
 * @typedef {Object} ListTemplatesOptions
 * @public
 * @property {(string|Array)} [status] - `APPROVED`, `PENDING`, `REJECTED`, `PAUSED`, …; one or a list.
 * @property {string} [name] - A name, or a part of one.
 * @property {(string|Array)} [language] - A language code, or a list.
 * @property {(string|Array)} [category] - `UTILITY`, `MARKETING` or `AUTHENTICATION`; one or a list.
 */

/**
 * Options of `reply`, besides the send options.
 * @typedef {Object} ReplyOptions
 * @public
 * @property {(string|Object)} [template] - What to send when the 24 hours are over: the name of a template, or `{ name, language, values, … }` as for `sendTemplate`.
 */

/**
 * Options of `parseWebhook`.
 * @typedef {Object} ParseOptions
 * @public
 * @property {boolean} [collapse] - Keep the furthest status of each message only: sent, delivered, read or played; failed is final.
 */

/**
 * Options of `verifyWebhook`.
 * @typedef {Object} VerifyOptions
 * @public
 * @property {string} [rawBody] - The body of Meta's request exactly as it arrived. Default `state.data.raw`.
 * @property {string} [signature] - Default: the header `x-hub-signature-256`, or `state.data.signature`.
 * @property {(string|Array)} [secret] - The app secret, or a list of them while one is changed. Default `appSecret` of the credential.
 */

/**
 * Options of every operation that lists, besides `timeout`, `retry` and `maxSize` (the most bytes of an answer, default 16 MB).
 * @typedef {Object} PageOptions
 * @public
 * @property {number} [limit] - The most items to read. Default 100.
 * @property {string} [after] - Where to go on: `after` of `state.response`, as the list before left it.
 * @property {number} [maxPages] - The most pages to read; more is an error. Default 1000.
 */

/**
 * Options of `getAnalytics` and `listConversations`, besides `timeout` and `retry`, and `limit` and `after` where there is a list. Words are Meta's; which ones there are depends on the kind.
 * @typedef {Object} AnalyticsOptions
 * @public
 * @property {(string|number)} [start] - ISO or Unix time. Default: 30 days before the end.
 * @property {(string|number)} [end] - ISO or Unix time. Default: now.
 * @property {string} [granularity] - `DAY` (default), `HALF_HOUR` or `MONTH`; of templates, days only.
 * @property {(string|Array)} [phoneNumbers] - Only these numbers. Not for templates.
 * @property {(string|Array)} [countryCodes] - Only these countries. For messages and pricing.
 * @property {(number|Array)} [productTypes] - 0 for notifications, 2 for customer support. For messages.
 * @property {(string|Array)} [metricTypes] - What to count. Not for messages.
 * @property {(string|Array)} [dimensions] - What to count apart. For conversations and pricing.
 * @property {(string|Array)} [conversationCategories] - For conversations.
 * @property {(string|Array)} [conversationTypes] - For conversations.
 * @property {(string|Array)} [conversationDirections] - For conversations.
 * @property {(string|Array)} [pricingTypes] - For pricing.
 * @property {(string|Array)} [pricingCategories] - For pricing.
 * @property {(string|Array)} [templateIds] - Which templates, by ID. Needed for templates.
 */

/**
 * Options of `preflight`, besides `timeout` and `retry`.
 * @typedef {Object} PreflightOptions
 * @public
 * @property {(string|Object|Array)} [templates] - Templates that have to be approved: names (in `en_US`), or `{ name, language }`.
 * @property {number} [recipients] - How many people are to be written to in 24 hours.
 * @property {boolean} [required] - Stop the run when a check fails.
 */

/**
 * Options of `broadcast`.
 * @typedef {Object} BroadcastOptions
 * @public
 * @property {*} [key] - The name that an item keeps from run to run, such as `$.data.id`: it is read with the item as `state.data`, everything else with the job's state. It comes back in the statuses of the message. Default: a hash of recipient and content.
 * @property {*} [skip] - What is done already: a list of keys, rows, statuses or webhooks, or an earlier result, of which `sent`, `unknown`, what failed halfway and what was skipped as done count. A message whose status is `failed` is sent again.
 * @property {number} [rate] - Messages a second from a phone number, never more in any second. Broadcasts that run at the same time share it, and the lowest rate holds. Default 80, what WhatsApp allows.
 * @property {number} [concurrency] - Operations at the same time. Default 40.
 * @property {number} [perRecipient] - Seconds between two messages to one person. Default 6.
 * @property {number} [deadline] - Milliseconds from the start, after which nothing more is sent. Default 240000, because a run ends after 300 seconds.
 * @property {Function} [onProgress] - Called with `{ items, done, sent, failed, unknown, perSecond, secondsLeft, outcome, row }` after each item that is sent, failed or unknown.
 * @property {boolean} [dryRun] - Build and check all messages, but send none: they are in `messages`.
 * @property {string} [defaultCountry] - Where a number without + is dialed, as two letters such as `KE`: for all messages whose own options do not say.
 * @property {boolean} [preflight] - First ask whether the number is ready and may write to that many people in 24 hours, and fail if not.
 */

/**
 * Options of `request`.
 * @typedef {Object} RequestOptions
 * @public
 * @property {string} [phoneNumberId] - The ID of the number to use. Default: that of the credential.
 * @property {Object} [query] - Query parameters.
 * @property {Object} [headers] - Further headers. The token is added by the adaptor.
 * @property {*} [body] - The body; wins over the argument.
 * @property {Object} [form] - Fields of a multipart request.
 * @property {(Object|Array)} [files] - Files of a multipart request: `{ name, content, filename, type }`.
 * @property {string} [parseAs] - `json` (default), `text`, `base64`, `stream` or `auto`: JSON when the content type is `application/json` or missing, else text.
 * @property {number} [maxSize] - The most bytes of the answer; more is an error. Default 16 MB; a stream has no limit.
 * @property {number} [timeout] - Milliseconds to wait for the answer. Default 30000.
 * @property {number} [connectTimeout] - Milliseconds to wait for a connection. Default 10000.
 * @property {boolean} [debug] - Log method, path, status and sizes; never contents.
 * @property {(Retry|boolean)} [retry] - How to repeat a failed request; `false` for never.
 * @property {(Object|boolean)} [errors] - By HTTP status: `false` makes it a success, `true` an error, a text is the message of the error. `false` for the whole makes everything a success.
 * @property {Object} [tls] - Options of Node's TLS.
 * @property {boolean} [allowMissing] - Send a message also when `undefined`, `null`, `NaN`, `Invalid Date` or `[object Object]` stands in it for a missing value. By default it is the error `VALUE_MISSING`.
 */

/**
 * What a send leaves on state.
 * @typedef {Object} SendState
 * @public
 * @property {Object} data - `{ messageId, to, waId, userId, status }`, and `mediaId` when `sendMedia` uploaded a file. `accepted` is not yet delivered: a webhook tells.
 * @property {Object} response - `{ method, path, statusCode, duration, attempts, body }`, with Meta's whole answer in `body`.
 * @property {Array} references - The previous values of `data`.
 */

export {
  as,
  assert,
  chunk,
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
  http,
  lastReferenceValue,
  log,
  map,
  merge,
  parseCsv,
  scrubEmojis,
  sourceValue,
  toArray,
  util,
  validate,
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
  return operation([to, message, options], sendWith(buildMessage), NUMBER);
}

/**
 * Send an approved template: the only message that arrives outside the 24 hours after a person's last message.
 *
 * Line breaks, tabs and runs of spaces in values become one space, because WhatsApp refuses them.
 * @public
 * @function
 * @magic template $.children.templates[*].name
 * @example <caption>Fill {{1}} and {{2}} of the template in their order</caption>
 * sendTemplate($.data.phone, 'visit_reminder', [$.data.name, $.data.date]);
 * @example <caption>Fill named values of a template in Swahili</caption>
 * sendTemplate(
 *   $.data.phone,
 *   'visit_reminder',
 *   { name: $.data.name, date: $.data.date },
 *   { language: 'sw' }
 * );
 * @example <caption>Compare with the approved template first, and send only what fits it</caption>
 * sendTemplate(
 *   $.data.phone,
 *   'vaccination_day',
 *   { name: $.data.name, date: $.data.date },
 *   { check: true }
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
  return operation(
    [to, template, values, options],
    sendTemplateMessage,
    NUMBER,
  );
}

/**
 * Send a one-time password with an authentication template: the code stands in the text and in the button.
 * @public
 * @function
 * @magic template $.children.templates[*].name
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
    sendWith(buildOneTimePassword),
    NUMBER,
  );
}

/**
 * Send an image, audio, video, document or sticker. A file that WhatsApp does not have yet is uploaded first, in the same step.
 *
 * When the upload succeeds and the send fails, the error has the `mediaId`.
 * @public
 * @function
 * @example <caption>Send a document from a public address</caption>
 * sendMedia($.data.phone, 'document', $.data.invoiceUrl, {
 *   filename: 'invoice.pdf',
 *   caption: 'Your invoice'
 * });
 * @example <caption>Send an uploaded audio as a voice message</caption>
 * sendMedia($.data.phone, 'audio', $.data.mediaId, { voice: true });
 * @example <caption>Upload an invoice once, and send it to several people</caption>
 * fn(state => ({ ...state, invoice: state.data.invoice }));
 * each(
 *   [$.data.phone, $.data.midwifePhone],
 *   sendMedia(
 *     $.data,
 *     'document',
 *     { content: $.invoice, filename: 'invoice.pdf' },
 *     { reuse: true }
 *   )
 * );
 * @param {string} to - Phone number with + and country code, or business-scoped user ID.
 * @param {string} type - `image`, `audio`, `video`, `document` or `sticker`.
 * @param {(string|Object)} media - Media ID, public https link, Meta's media object, or the file itself: a Buffer, a stream, a data URI, or `{ content, filename, type }` whose content may also be base64 or an https URL.
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
  return operation(
    [to, type, media, options],
    sendMediaWith(buildMedia),
    NUMBER,
  );
}

/**
 * Upload a file, to send it by its ID. Leaves `{ id }` on `state.data`; the ID lives for 30 days, and belongs to the phone number.
 *
 * The content tells the type; a file that WhatsApp would not take is refused with what to convert it to.
 * @public
 * @function
 * @example <caption>Upload an invoice that another system made as base64</caption>
 * uploadMedia({ content: $.data.invoice, filename: 'invoice.pdf' });
 * sendMedia($.references[0].phone, 'document', $.data.id);
 * @example <caption>Upload a file that lies at an address</caption>
 * uploadMedia(`${$.data.filesUrl}/leaflet.pdf`);
 * @param {(string|Object)} file - A Buffer, a stream, base64, a data URI or an https URL; or `{ content, filename, type }` with one of them. Also what `downloadMedia` leaves.
 * @param {UploadOptions} options - Optional. Filename, type, reuse and more.
 * @state data - An object with `id`.
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media
 */
export function uploadMedia(
  file: Value<UploadFile>,
  options?: Value<UploadOptions>,
): Operation {
  return operation([file, options], uploadFile, NUMBER);
}

/**
 * Get what WhatsApp knows of a media: its size, its type, its hash, and a URL that lives for 5 minutes.
 * @public
 * @function
 * @example <caption>Look at the size of a photo before it is downloaded</caption>
 * getMedia($.data.mediaId);
 * fnIf($.data.fileSize < 1000000, downloadMedia($.data.id));
 * @param {(string|number)} id - ID of the media.
 * @param {GetMediaOptions} options - Optional. `phoneNumberId`, `timeout` and `retry`.
 * @state data - An object with `id`, `url`, `mimeType`, `fileSize` and `sha256`.
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media
 */
export function getMedia(
  id: Value<string | number>,
  options?: Value<GetMediaOptions>,
): Operation {
  return operation([id, options], getMediaFacts);
}

/**
 * Download a file that a person sent, and prove that it is whole. It is left on `state.data`, or streamed on to another system.
 *
 * The other system gets a correct file, or no file: it must not keep what came with an incomplete request. A file of up to 16 MB is checked before any of it leaves.
 * @public
 * @function
 * @example <caption>Read the photo that a person sent</caption>
 * downloadMedia($.data.mediaId);
 * @example <caption>Save it to another system, without holding it</caption>
 * downloadMedia($.data.mediaId, {
 *   to: `${$.data.filesUrl}/${$.data.visitId}.jpg`,
 *   headers: { 'x-visit': $.data.visitId }
 * });
 * @example <caption>Upload it with a form, as DHIS2 wants it</caption>
 * downloadMedia($.data.mediaId, {
 *   to: {
 *     url: `${$.data.filesUrl}/fileResources`,
 *     headers: { authorization: 'ApiToken of-that-system' },
 *     field: 'file',
 *     fields: { domain: 'DATA_VALUE' }
 *   }
 * });
 * @param {(string|Object)} media - ID of the media, its URL, or the media object of a webhook's message.
 * @param {DownloadOptions} options - Optional. As what, at most how large, and where to.
 * @state data - An object with `id`, `content`, `mimeType`, `filename`, `fileSize`, `sha256` and `verified`; with `to`, `statusCode` in the place of `content`.
 * @state response - An object with `method`, `path`, `statusCode`, `duration` and `attempts`; with `to`, that of the other system and the `body` of its answer.
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media
 */
export function downloadMedia(
  media: Value<string | object>,
  options?: Value<DownloadOptions>,
): Operation {
  return operation([media, options], downloadFile);
}

/**
 * Delete a media. Messages that were sent with it keep it.
 * @public
 * @function
 * @example <caption>Delete a lab result after it was sent</caption>
 * deleteMedia($.data.mediaId);
 * @param {(string|number)} id - ID of the media.
 * @param {GetMediaOptions} options - Optional. `phoneNumberId`, `timeout` and `retry`.
 * @state data - An object with `id` and `success`.
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media
 */
export function deleteMedia(
  id: Value<string | number>,
  options?: Value<GetMediaOptions>,
): Operation {
  return operation([id, options], deleteMediaById);
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
  return operation([to, location, options], sendWith(buildLocation), NUMBER);
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
  return operation([to, contacts, options], sendWith(buildContacts), NUMBER);
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
 * @param {(string|number)} messageId - ID of the message to react to.
 * @param {string} emoji - One emoji, or an empty text.
 * @param {SendOptions} options - Optional. The send options, but `replyTo`.
 * @state {SendState}
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/messages/reaction-messages
 */
export function sendReaction(
  to: Value<string>,
  messageId: Value<string | number>,
  emoji: Value<string>,
  options?: Value<SendOptions>,
): Operation {
  return operation(
    [to, messageId, emoji, options],
    sendWith(buildReaction),
    NUMBER,
  );
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
  return operation(
    [to, body, buttons, options],
    sendWith(buildButtons),
    NUMBER,
  );
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
  return operation([to, body, rows, options], sendWith(buildList), NUMBER);
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
  return operation(
    [to, body, button, options],
    sendWith(buildUrlButton),
    NUMBER,
  );
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
  return operation([to, body, flow, options], sendWith(buildFlow), NUMBER);
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
  return operation([to, body, options], sendWith(buildLocationRequest), NUMBER);
}

/**
 * Mark a received message, and those before it, as read. Leaves `{ messageId, success }` on `state.data`.
 * @public
 * @function
 * @example <caption>Show that the message was read and an answer is being written</caption>
 * markAsRead($.data.messageId, { typing: true });
 * @param {(string|number)} messageId - ID of the received message.
 * @param {Object} options - Optional. `typing: true` also shows the typing indicator, for 25 seconds or until the answer; `timeout`, `retry` and `dryRun` as for a send.
 * @state data - An object with `messageId` and `success`.
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/guides/mark-message-as-read
 */
export function markAsRead(
  messageId: Value<string | number>,
  options?: Value<ReadOptions>,
): Operation {
  return operation(
    [messageId, options],
    markAsReadWith(buildReadReceipt),
    NUMBER,
  );
}

/**
 * List the templates of the account.
 * @public
 * @function
 * @example <caption>The templates that can be sent</caption>
 * listTemplates({ status: 'APPROVED' });
 * @example <caption>A template in all its languages</caption>
 * listTemplates({ name: $.data.template });
 * @param {ListTemplatesOptions} options - Optional. What to look for, and how many.
 * @state data - A list of Meta's templates, with `id`, `name`, `language`, `status`, `category`, `parameter_format`, `components` and more.
 * @state response - An object with `method`, `path`, `statusCode`, `duration`, `attempts`, `pages`, `hasNext` and `after`.
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/message_templates
 */
export function listTemplates(
  options?: Value<ListTemplatesOptions>,
): Operation {
  return operation([options], readTemplateList);
}

/**
 * Get a template: its texts, its variables and whether it can be sent.
 * @public
 * @function
 * @magic nameOrId $.children.templates[*].name
 * @example <caption>Look at a template before sending it</caption>
 * getTemplate($.data.template, { language: 'en_US' });
 * @param {string} nameOrId - Name or ID of the template.
 * @param {Object} options - Optional. `language`, by default the only one there is or `en_US`; `timeout` and `retry`.
 * @state data - Meta's template.
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/graph-api/reference/whats-app-business-hsm
 */
export function getTemplate(
  nameOrId: Value<string>,
  options?: Value<GetTemplateOptions>,
): Operation {
  return operation([nameOrId, options], readTemplate);
}

/**
 * Hand in a new template for Meta's review. It is checked by Meta's limits first.
 *
 * A header with a picture, video or document has its sample beside it; it is uploaded first.
 * @public
 * @function
 * @example <caption>A reminder with a name, a date and two buttons</caption>
 * createTemplate({
 *   name: 'checkup_reminder',
 *   language: 'en_US',
 *   category: 'UTILITY',
 *   components: [
 *     {
 *       type: 'BODY',
 *       text: 'Dear {{name}}, we expect you on {{date}} for your checkup.',
 *       example: {
 *         body_text_named_params: [
 *           { param_name: 'name', example: 'Amina' },
 *           { param_name: 'date', example: '3 May' }
 *         ]
 *       }
 *     },
 *     {
 *       type: 'BUTTONS',
 *       buttons: [
 *         { type: 'QUICK_REPLY', text: 'I will come' },
 *         { type: 'QUICK_REPLY', text: 'Another day' }
 *       ]
 *     }
 *   ]
 * });
 * @example <caption>A template with a picture above the text</caption>
 * createTemplate({
 *   name: 'way_to_the_clinic',
 *   language: 'en_US',
 *   category: 'UTILITY',
 *   components: [
 *     { type: 'HEADER', format: 'IMAGE', sample: { content: $.data.picture } },
 *     { type: 'BODY', text: 'This is the way to our clinic.' }
 *   ]
 * });
 * @param {Object} definition - Meta's template: `{ name, language, category, components }`. A header with media takes `sample: { content, filename }`.
 * @param {Object} options - Optional. `timeout`, `retry` and `allowMissing`, which takes a text also when a value is missing in it.
 * @state data - An object with `id`, `name`, `language`, `status` and `category`. It can be sent once its status is `APPROVED`.
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates
 */
export function createTemplate(
  definition: Value<TemplateDefinition>,
  options?: Value<TextOptions>,
): Operation {
  return operation([definition, options], createTemplateWith(fileUpload));
}

/**
 * Change a template. Its components are replaced as a whole, and Meta reviews it again.
 * @public
 * @function
 * @example <caption>Another text for a template</caption>
 * getTemplate($.data.template, { language: 'en_US' });
 * updateTemplate($.data.id, {
 *   components: [{ type: 'BODY', text: 'The clinic is closed tomorrow.' }]
 * });
 * @param {(string|number)} id - ID of the template in one language.
 * @param {Object} changes - `{ category, components, message_send_ttl_seconds }`, what is to change of them.
 * @param {Object} options - Optional. `timeout`, `retry` and `allowMissing`, which takes a text also when a value is missing in it.
 * @state data - An object with `id` and `success`.
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates
 */
export function updateTemplate(
  id: Value<string | number>,
  changes: Value<TemplateChanges>,
  options?: Value<TextOptions>,
): Operation {
  return operation([id, changes, options], updateTemplateWith(fileUpload));
}

/**
 * Delete a template: in all its languages, or in one. Its name cannot be used again for 30 days.
 * @public
 * @function
 * @magic name $.children.templates[*].name
 * @example <caption>Delete a template in all its languages</caption>
 * deleteTemplate($.data.template);
 * @param {string} name - Name of the template.
 * @param {Object} options - Optional. `id` deletes only the language that has this ID; `timeout` and `retry`.
 * @state data - An object with `name`, `id` and `success`.
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates
 */
export function deleteTemplate(
  name: Value<string>,
  options?: Value<DeleteTemplateOptions>,
): Operation {
  return operation([name, options], removeTemplate);
}

/**
 * Answer the received message on `state.data`, from the number that received it, quoting it.
 *
 * A notice (a changed number, an edit, a revocation) cannot be answered. Outside the 24 hours after the message a free answer would not arrive: it is refused, unless the option `template` says what to send then.
 * @public
 * @function
 * @example <caption>Answer everybody who has written</caption>
 * parseWebhook();
 * broadcast(
 *   $.data.messages,
 *   reply('Thank you, we answer within one hour.'),
 *   { key: $.data.id }
 * );
 * @example <caption>A late answer goes out as a template</caption>
 * parseWebhook();
 * broadcast(
 *   $.data.messages,
 *   reply(`Dear ${$.data.name}, your results are ready.`, {
 *     template: { name: 'results_ready', language: 'sw' }
 *   }),
 *   { key: $.data.id }
 * );
 * @param {(string|Object)} message - A text, or Meta's message object, as for `sendMessage`.
 * @param {ReplyOptions} options - Optional. Template and the send options.
 * @state {SendState}
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-messages#replies
 */
export function reply(
  message: Value<string | Message>,
  options?: Value<ReplyOptions>,
): Operation {
  return operation([message, options], replyWith(buildReply));
}

/**
 * Read a webhook of Meta: every message, notice, status, call and news of the account, flat, each once.
 *
 * `messages` is what people wrote, to be answered. `notices` is what WhatsApp tells about a person or a message: a changed number or user ID, an edit, a revocation.
 *
 * It does not check who sent the webhook: see `verifyWebhook`.
 * @public
 * @function
 * @example <caption>Read the webhook that started the run, and answer</caption>
 * parseWebhook();
 * broadcast($.data.messages, reply('Thank you!'));
 * @example <caption>Keep the furthest status of each message only</caption>
 * parseWebhook($.data, { collapse: true });
 * @param {(Object|string)} payload - Optional. The body of Meta's request; by default `state.data`.
 * @param {ParseOptions} options - Optional. `collapse`.
 * @state data - An object with the lists `messages`, `notices`, `statuses`, `calls`, `account` and `unknown`. A message has `id`, `from`, `userId`, `name`, `phoneNumberId`, `timestamp`, `windowExpiresAt`, `type`, `text` and more, where `text` is what the person said in words, whatever the kind.
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/payload-examples
 */
export function parseWebhook(
  payload?: Value<object | string>,
  options?: Value<ParseOptions>,
): Operation {
  return operation([payload, options], readWebhook, []);
}

/**
 * Check that Meta signed the webhook that started the run; fail if not. Leaves what the signed text says on `state.data`.
 *
 * OpenFn keeps no raw text, so the gateway has to send it along (`FORWARD_RAW=1`).
 * @public
 * @function
 * @example <caption>Read only what Meta has signed</caption>
 * verifyWebhook();
 * parseWebhook();
 * @param {VerifyOptions} options - Optional. `rawBody`, `signature` and `secret`, when they are not where the gateway puts them.
 * @state data - Meta's payload, as signed.
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/graph-api/webhooks/getting-started#validate-payloads
 */
export function verifyWebhook(options?: Value<VerifyOptions>): Operation {
  return operation([options], readSignedWebhook, []);
}

/**
 * Log in at an On-Premises API. The operations that follow in the step use the session.
 *
 * `state.data` stays as it is. The token of the session takes the place of `apiToken` in a copy of `state.configuration`,
 * which OpenFn removes at the end of the step: log in at the beginning of each one. Hosts such as Turn.io hand out a token
 * instead, which goes into `apiToken`.
 * @public
 * @function
 * @example <caption>Log in with a user name and a password of the credential</caption>
 * createSession($.configuration.username, $.configuration.password);
 * sendMessage($.data.phone, 'Hello');
 * @param {string} username - Name of the user.
 * @param {string} password - Password of the user. Keep it in the credential, never in the job.
 * @param {Object} options - Optional. `timeout` and `retry`.
 * @state configuration - The credential, with the token of the session as `apiToken`.
 * @state response - An object with `method`, `path`, `statusCode`, `duration`, `attempts` and `expiresAt`, the last as ISO time.
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/on-premises/reference/users
 */
export function createSession(
  username: Value<string>,
  password: Value<string>,
  options?: Value<AccountOptions>,
): Operation {
  return operation([username, password, options], logIn);
}

/**
 * List the phone numbers of the account.
 * @public
 * @function
 * @example <caption>All numbers, to see which of them can send</caption>
 * listPhoneNumbers();
 * @param {PageOptions} options - Optional. How many, and from where.
 * @state data - A list of Meta's numbers, with `id`, `display_phone_number`, `verified_name`, `status`, `quality_rating`, `throughput` and more.
 * @state response - An object with `method`, `path`, `statusCode`, `duration`, `attempts`, `pages`, `hasNext` and `after`.
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/business-management-api/manage-phone-numbers
 */
export function listPhoneNumbers(options?: Value<PageOptions>): Operation {
  return operation([options], readPhoneNumbers);
}

/**
 * Get a phone number: whether it can send, its quality, its speed and its limit.
 * @public
 * @function
 * @magic id $.children.phoneNumbers[*].name
 * @example <caption>The number of the credential</caption>
 * getPhoneNumber();
 * @example <caption>Another number of the account</caption>
 * getPhoneNumber($.data.otherNumberId);
 * @param {(string|number)} id - Optional. ID of the number, by default that of the credential.
 * @param {Object} options - Optional. `timeout` and `retry`.
 * @state data - Meta's number, with `id`, `status`, `quality_rating`, `throughput`, `whatsapp_business_manager_messaging_limit` and more.
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account-to-number-current-status
 */
export function getPhoneNumber(
  id?: Value<string | number | undefined>,
  options?: Value<AccountOptions>,
): Operation {
  return operation([id, options], readPhoneNumber);
}

/**
 * Let WhatsApp send a code to a new number, to prove whose it is.
 * @public
 * @function
 * @example <caption>Let the code be read out by a call</caption>
 * requestVerificationCode({ method: 'VOICE', language: 'en_US' });
 * @param {Object} options - Optional. `method` is `SMS` (default) or `VOICE`; `language` is that of the text, by default `en_US`; `phoneNumberId`, `timeout` and `retry`.
 * @state data - An object with `success`.
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/phone-numbers
 */
export function requestVerificationCode(
  options?: Value<VerificationOptions>,
): Operation {
  return operation([options], askForCode);
}

/**
 * Give the code that WhatsApp sent to a new number.
 * @public
 * @function
 * @example <caption>Give the code, then register the number</caption>
 * verifyCode($.data.code);
 * registerPhoneNumber({ pin: $.references[0].pin });
 * @param {string} code - The six digits. As text: a number loses its leading zeros.
 * @param {Object} options - Optional. `phoneNumberId`, by default that of the credential; `timeout` and `retry`.
 * @state data - An object with `success`.
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/phone-numbers
 */
export function verifyCode(
  code: Value<string>,
  options?: Value<NumberOptions>,
): Operation {
  return operation([code, options], submitCode);
}

/**
 * Register a verified number, so that it can send and receive. Meta allows 10 tries in 72 hours.
 * @public
 * @function
 * @example <caption>Register the number of the credential</caption>
 * registerPhoneNumber({ pin: $.data.pin });
 * @param {Object} options - `pin`, the number's PIN for two-step verification or a new one; `dataLocalizationRegion`, the country in which messages are kept; `phoneNumberId`, `timeout` and `retry`.
 * @state data - An object with `success`.
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/registration
 */
export function registerPhoneNumber(
  options: Value<RegistrationOptions>,
): Operation {
  return operation([options], register);
}

/**
 * Take a number off the Cloud API: it can no longer send nor receive.
 * @public
 * @function
 * @example <caption>Take the number of the credential off</caption>
 * deregisterPhoneNumber();
 * @param {Object} options - Optional. `phoneNumberId`, by default that of the credential; `timeout` and `retry`.
 * @state data - An object with `success`.
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/registration
 */
export function deregisterPhoneNumber(
  options?: Value<NumberOptions>,
): Operation {
  return operation([options], deregister);
}

/**
 * Get the business profile: what people see who open the name of the chat.
 * @public
 * @function
 * @example <caption>Look at the profile of the number</caption>
 * getBusinessProfile();
 * @param {Object} options - Optional. `timeout` and `retry`.
 * @state data - An object with `about`, `address`, `description`, `email`, `profile_picture_url`, `websites` and `vertical`.
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/business-profiles
 */
export function getBusinessProfile(options?: Value<AccountOptions>): Operation {
  return operation([options], readBusinessProfile, NUMBER);
}

/**
 * Change the business profile. What is left out stays.
 * @public
 * @function
 * @example <caption>Tell people the opening hours</caption>
 * updateBusinessProfile({
 *   about: `Open ${$.data.hours}`,
 *   websites: [$.data.bookingUrl]
 * });
 * @example <caption>Another picture, which is uploaded first</caption>
 * updateBusinessProfile({ picture: { content: $.data.picture } });
 * @param {Object} changes - `{ about, address, description, email, vertical, websites, picture }`, what is to change of them. The picture is JPEG or PNG: a Buffer, a stream, base64, or `{ content, filename }`.
 * @param {Object} options - Optional. `timeout`, `retry` and `allowMissing`, which takes a text also when a value is missing in it.
 * @state data - An object with `success`.
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference/business-profiles
 */
export function updateBusinessProfile(
  changes: Value<ProfileChanges>,
  options?: Value<TextOptions>,
): Operation {
  return operation(
    [changes, options],
    updateBusinessProfileWith(fileUpload),
    NUMBER,
  );
}

/**
 * Block people. They can no longer write to the number, nor the number to them.
 *
 * Only who wrote in the last 24 hours can be blocked. Who could not be blocked is told apart; when nobody could, it is an error.
 * @public
 * @function
 * @example <caption>Block somebody who sends spam</caption>
 * blockUsers($.data.phone);
 * @param {(string|Array)} users - One person or a list: phone numbers with + and country code, or business-scoped user IDs.
 * @param {Object} options - Optional. `timeout` and `retry`.
 * @state data - An object with two lists: `blocked` has the `input`, `waId` and `userId` of each person, and `failed` besides these the `code`, `description`, `fix` and `metaCode`.
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/block-users
 */
export function blockUsers(
  users: Value<string | string[]>,
  options?: Value<AccountOptions>,
): Operation {
  return operation([users, options], block, NUMBER);
}

/**
 * Take people off the block list. Who could not be taken off is told apart, as for `blockUsers`.
 * @public
 * @function
 * @example <caption>Let somebody write again</caption>
 * unblockUsers($.data.phone);
 * @param {(string|Array)} users - One person or a list: phone numbers with + and country code, or business-scoped user IDs.
 * @param {Object} options - Optional. `timeout` and `retry`.
 * @state data - An object with two lists: `unblocked` has the `input`, `waId` and `userId` of each person, and `failed` besides these the `code`, `description`, `fix` and `metaCode`.
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/block-users
 */
export function unblockUsers(
  users: Value<string | string[]>,
  options?: Value<AccountOptions>,
): Operation {
  return operation([users, options], unblock, NUMBER);
}

/**
 * List the people on the block list.
 * @public
 * @function
 * @example <caption>Up to 500 blocked people</caption>
 * listBlockedUsers({ limit: 500 });
 * @param {PageOptions} options - Optional. How many, and from where.
 * @state data - A list of objects with `waId` and `userId`.
 * @state response - An object with `method`, `path`, `statusCode`, `duration`, `attempts`, `pages`, `hasNext` and `after`.
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/block-users
 */
export function listBlockedUsers(options?: Value<PageOptions>): Operation {
  return operation([options], readBlockList, NUMBER);
}

/**
 * Get numbers about the account: messages sent and delivered, conversations, costs, or how templates did.
 * @public
 * @function
 * @example <caption>Messages a day since the beginning of a campaign</caption>
 * getAnalytics('messages', { start: $.data.campaignStart });
 * @example <caption>What each category and country cost in a month</caption>
 * getAnalytics('pricing', {
 *   granularity: 'MONTH',
 *   dimensions: ['PRICING_CATEGORY', 'COUNTRY']
 * });
 * @param {string} kind - `messages`, `conversations`, `pricing` or `templates`.
 * @param {AnalyticsOptions} options - Optional. The time, its unit, and what to narrow down or count apart. `templates` needs `templateIds`.
 * @state data - A list of data points: `start` and `end` in ISO time, and what Meta counted, under Meta's names.
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/business-management-api/analytics
 */
export function getAnalytics(
  kind: Value<'messages' | 'conversations' | 'pricing' | 'templates'>,
  options?: Value<AnalyticsOptions>,
): Operation {
  return operation([kind, options], readAnalytics);
}

/**
 * List conversations: with a gateway, whom you spoke with and who can be answered now; with Meta alone, how many there were, by category.
 * @public
 * @function
 * @example <caption>Who wrote since the beginning of a campaign</caption>
 * listConversations({ start: $.data.campaignStart });
 * @param {AnalyticsOptions} options - Optional. `start`, `end` and `limit`; what Meta counts can be narrowed down as for `getAnalytics`.
 * @state data - An object with `conversations`, `total` and `source`. From the gateway, one for each person and number of ours, with `phoneNumberId`, `contact`, `name`, `inbound`, `outbound`, `lastAt`, `windowOpen`, `windowExpiresAt` and more, and `total` is how many there are, also beyond `limit`; from Meta: data points as of `getAnalytics`, and `total` is how many conversations they count. `total` is missing when nobody counts.
 * @state response - From the gateway also `hasNext` and `after`, when there are more than `limit`.
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/business-management-api/analytics
 */
export function listConversations(
  options?: Value<AnalyticsOptions>,
): Operation {
  return operation([options], readConversations);
}

/**
 * Subscribe your app to the account, so that its webhooks come. Without this, nothing arrives, whatever is set in the dashboard.
 * @public
 * @function
 * @example <caption>Send the webhooks to the address of the app</caption>
 * subscribeWebhooks();
 * @example <caption>Send them to another address, such as that of a gateway</caption>
 * subscribeWebhooks({
 *   callbackUrl: $.data.gatewayWebhook,
 *   verifyToken: $.data.verifyToken
 * });
 * @param {Object} options - Optional. `callbackUrl`, another address than that of the app; `verifyToken`, by default that of the credential; `timeout` and `retry`.
 * @state data - An object with `success`.
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/embedded-signup/webhooks/override
 */
export function subscribeWebhooks(
  options?: Value<SubscriptionOptions>,
): Operation {
  return operation([options], addSubscription);
}

/**
 * List the apps that get the webhooks of the account.
 * @public
 * @function
 * @example <caption>See whether webhooks come at all</caption>
 * listSubscriptions();
 * @param {PageOptions} options - Optional. How many, and from where.
 * @state data - A list of objects with `id`, `name`, `link` and `callbackUrl`.
 * @state response - An object with `method`, `path`, `statusCode`, `duration`, `attempts`, `pages`, `hasNext` and `after`.
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/subscribed_apps
 */
export function listSubscriptions(options?: Value<PageOptions>): Operation {
  return operation([options], readSubscriptions);
}

/**
 * Take your app off the account: no webhooks come any more.
 * @public
 * @function
 * @example <caption>Stop the webhooks</caption>
 * unsubscribeWebhooks();
 * @param {Object} options - Optional. `timeout` and `retry`.
 * @state data - An object with `success`.
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/graph-api/reference/whats-app-business-account/subscribed_apps
 */
export function unsubscribeWebhooks(
  options?: Value<AccountOptions>,
): Operation {
  return operation([options], removeSubscription);
}

/**
 * Ask what became of a message. The gateway is asked when there is one; else Meta, which knows it for some accounts only.
 * @public
 * @function
 * @example <caption>Send a message, and see what became of it</caption>
 * sendMessage($.data.phone, 'Your results are ready.');
 * getMessageStatus($.data.messageId);
 * @param {(string|number)} messageId - ID of the message, as its send left it.
 * @param {Object} options - Optional. `timeout` and `retry`.
 * @state data - An object with `id`, `status`, `timestamp`, `error`, `history` and `source`; `history` has every status, the oldest first.
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components
 */
export function getMessageStatus(
  messageId: Value<string | number>,
  options?: Value<AccountOptions>,
): Operation {
  return operation([messageId, options], readMessageStatus, NUMBER);
}

/**
 * List the messages from and to a person, the newest first. Meta keeps no such list: it needs a gateway.
 *
 * The gateway knows what people wrote, and what was sent by its statuses: whom it went to, when, and what became of it,
 * but not what was in it, because WhatsApp does not repeat that. Only what was written in the WhatsApp Business app, or by
 * another app, comes as an echo, with its text. A message is missing when Meta sent no webhook about it to the gateway.
 * @public
 * @function
 * @example <caption>What somebody wrote since their last visit</caption>
 * listMessages($.data.phone, {
 *   since: $.data.campaignStart,
 *   direction: 'inbound'
 * });
 * @example <caption>Everything that was said with somebody</caption>
 * listMessages($.data.phone);
 * @param {string} contact - Phone number or business-scoped user ID; leave it out, or write `undefined`, for everybody.
 * @param {Object} options - Optional. `since`, an ISO or Unix time; `direction`, `inbound` or `outbound`, for one of them only; `phoneNumberId`, for the messages of one of your numbers only; `limit`, by default 100; `after`, `timeout`, `connectTimeout` and `retry`.
 * @state data - A list of messages, each with `direction` and `receivedAt`. An `inbound` one is as `parseWebhook` gives it; an `outbound` one has `id`, `to`, `userId`, `phoneNumberId`, `timestamp`, its furthest `status` with `statusAt`, and `error` when it failed; an echo also `type` and `text`.
 * @state response - An object with `method`, `path`, `statusCode`, `duration`, `attempts`, `pages`, `hasNext`, `after` and `total`. `total` is how many there are, also beyond `limit`; it is missing when there are more and no contact was given, because nobody counts these.
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/components
 */
export function listMessages(
  contact?: Value<string | undefined>,
  options?: Value<ListMessagesOptions>,
): Operation {
  const isNamed = contact !== undefined && contact !== null;
  return operation([contact, options], readMessagesWith(isNamed));
}

/**
 * Look at everything that a run needs before it begins: token, number, account, templates, webhooks and gateway.
 *
 * A check that fails is a row and no error, unless `required` is true.
 * @public
 * @function
 * @example <caption>See what is not ready</caption>
 * preflight({ templates: [$.data.template] });
 * @example <caption>Stop before a campaign that cannot go out</caption>
 * subscribeWebhooks();
 * preflight({
 *   templates: ['vaccination_day'],
 *   recipients: 200,
 *   required: true
 * });
 * @param {PreflightOptions} options - Optional. What else has to be well, and whether to stop.
 * @state data - A list of objects with `check`, `ok`, `detail` and `fix`.
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/support/health-status
 */
export function preflight(options?: Value<PreflightOptions>): Operation {
  return operation([options], checkReadiness, NUMBER);
}

/**
 * Send to thousands: run an operation for each of many items, at the pace that WhatsApp allows, and account for every item.
 *
 * As with `each`, an item is `state.data` for its operation. Many run at the same time, a failure stops none of the
 * others, and nothing is ever sent twice. An item whose operation sends nothing is `skipped`. What could not be sent in
 * time is `remaining`: pass it to the next run.
 * @public
 * @function
 * @example <caption>Remind all patients of their visit</caption>
 * broadcast(
 *   $.data.patients,
 *   sendTemplate($.data.phone, 'visit_reminder', [$.data.name, $.data.date]),
 *   { key: $.data.id }
 * );
 * @example <caption>Go on where the last run stopped</caption>
 * broadcast(
 *   state => state.remaining ?? state.data.patients,
 *   sendMessage($.data.phone, `Dear ${$.data.name}, the clinic is closed on Monday.`),
 *   { key: $.data.id, skip: $.result }
 * );
 * fn(state => ({ ...state, result: state.data, remaining: state.data.remaining }));
 * @example <caption>Two messages for each person, at most 20 a second</caption>
 * broadcast(
 *   $.data.patients,
 *   combine(
 *     fn(state => ({ ...state, patient: state.data })),
 *     sendMessage($.patient.phone, 'This is where we meet:'),
 *     sendLocation($.patient.phone, { latitude: -1.2921, longitude: 36.8219 })
 *   ),
 *   { key: $.data.id, rate: 20, perRecipient: 0 }
 * );
 * @param {(Array|string)} items - A list, or a JSONPath between quotes, such as `'$.data.patients[*]'`.
 * @param {Operation} operation - What to do for each item: any operation, or several with `combine`.
 * @param {BroadcastOptions} options - Optional. Key, rate, deadline and more.
 * @state data - An object with the lists `sent`, `failed`, `unknown`, `skipped` and `remaining`, and a `summary`. A row of `sent` has `key`, `to` and `messageId`; one of `failed` and `unknown` has `key`, `to` and an `error` with `code`, `description`, `fix` and `retryable`; one of `skipped` has `key` and a `reason`, which is `NOTHING_SENT`, `IN_SKIP` or `DUPLICATE`; `remaining` holds the items themselves; `summary` counts, and says in `stopped` why items remain.
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/overview#throughput
 */
export function broadcast(
  items: Value<unknown[]> | string,
  operation: Operation,
  options?: Value<BroadcastOptions>,
): Operation {
  return broadcastItems(items, operation, options, {
    parse,
    checkSendingLimit,
  });
}

/**
 * Settle what a broadcast left unknown: statuses that carry the key of a row tell whether its message went out.
 * @public
 * @function
 * @example <caption>Settle a broadcast with the webhooks that have come since</caption>
 * broadcast(
 *   $.data.patients,
 *   sendMessage($.data.phone, 'The clinic is closed on Monday.'),
 *   { key: $.data.id }
 * );
 * reconcile($.references[0].webhooks);
 * @param {(Array|Object)} statuses - Statuses as `parseWebhook` leaves them, what it leaves as a whole, webhooks of Meta, or a list of these.
 * @param {Object} result - Optional. What `broadcast` left; by default `state.data`.
 * @state data - The result, with rows of `unknown` moved to `sent` or `failed`, and counted there.
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks/payload-examples#message-status-updates
 */
export function reconcile(
  statuses: Value<object>,
  result?: Value<BroadcastResult>,
): Operation {
  return operation([statuses, result], reconcileWith(parse), []);
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
 * @state response - An object with `url` (without query), `method`, `path`, `statusCode`, `statusMessage`, `headers`, `duration` and `attempts`.
 * @returns {Operation}
 * @see https://developers.facebook.com/docs/whatsapp/cloud-api/reference
 */
export function request(
  method: Value<string>,
  path: Value<string>,
  body?: Value<unknown>,
  options?: Value<RequestOptions>,
): Operation {
  return operation([method, path, body, options], sendRawRequest, NUMBER);
}
