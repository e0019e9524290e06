// Every public type. This file imports nothing, so that an editor can load it alone.

/** What an operation receives and returns. */
export type State = {
  configuration?: unknown;
  data?: unknown;
  references?: unknown[];
  response?: unknown;
  [key: string]: unknown;
};

/** A function of state that returns the next state. */
export type Operation = (state: State) => Promise<State>;

/**
 * State as a job reads it. What an editor offers after `$.` and `state.`: the
 * job knows what is there, and everything else can be there, too.
 */
export type JobState = State & {
  data: JobData;
  /** Facts about the last request, without what it brought. */
  response: ResponseFacts;
  /** The request of the webhook that started the run, as OpenFn received it. */
  request: {
    method: string;
    path: string[];
    query_params: { [name: string]: string };
    /** Names are in lower case. */
    headers: { [name: string]: string };
  };
};

/** What `parseWebhook`, a send or a broadcast leave; or a message, while it is answered. */
export type JobData = JobFields<WebhookEvents> &
  JobFields<InboundMessage> &
  JobFields<Sent> &
  JobFields<BroadcastResult> & { [key: string]: unknown };

/** Written out, because the editor knows no `Partial`. */
type JobFields<T> = { [Name in keyof T]?: T[Name] };

/** A value, or a function of state that gives one: `$.data.phone` is such a function. */
export type Value<T> = T | ((state: JobState) => T);

/**
 * The option `retry`: how often, and after which failures, a request is
 * repeated.
 */
export type Retry = {
  /** Tries in all, the first included. Default 4. */
  attempts?: number | undefined;
  /** Milliseconds before the second try. Default 1000. */
  delay?: number | undefined;
  /**
   * `exponential` (default): the wait doubles after each try; `fixed`: it
   * stays.
   */
  backoff?: 'exponential' | 'fixed' | undefined;
  /**
   * `refused` (default of sends): only what Meta surely refused or never
   * received, so that no message goes out twice; `transient` (default of
   * reads): also time-outs, broken connections and 5xx; `all`: every failure.
   */
  on?: 'refused' | 'transient' | 'all' | undefined;
};

/** Options of every operation that sends a message. */
export type SendOptions = {
  /** The ID of the number to use. Default: that of the credential. */
  phoneNumberId?: string | undefined;
  /** ID of the message to quote. */
  replyTo?: string | number | undefined;
  /**
   * Text that comes back in the statuses of this message; at most 512
   * characters.
   */
  callbackData?: string | number | undefined;
  /** `group` when the recipient is the ID of a group. Default `individual`. */
  recipientType?: 'individual' | 'group' | undefined;
  /**
   * Where a number without + is dialed, as two letters such as `KE`:
   * `0712 345 678` goes to `+254712345678`.
   */
  defaultCountry?: string | undefined;
  /** Milliseconds to wait for Meta's answer. Default 30000. */
  timeout?: number | undefined;
  /** Milliseconds to wait for a connection. Default 10000. */
  connectTimeout?: number | undefined;
  /** How to repeat a failed request; `false` for never. */
  retry?: Retry | false | undefined;
  /**
   * Build and check the message, but do not send it: `state.data` is
   * `{ dryRun, method, path, body }`.
   */
  dryRun?: boolean | undefined;
  /**
   * Send a text also when `undefined`, `null`, `NaN`, `Invalid Date` or
   * `[object Object]` stands in it for a missing value. By default it is the
   * error `VALUE_MISSING`.
   */
  allowMissing?: boolean | undefined;
};

/** What a send leaves on `state.data`. */
export type Sent = {
  /** The ID of the message, `wamid.` and more: statuses refer to it. */
  messageId: string;
  /** The recipient, as given. */
  to: string;
  /** The recipient's number as WhatsApp knows it. */
  waId?: string;
  /** The recipient's business-scoped user ID. */
  userId?: string;
  /** Meta's `message_status`: `accepted` is not yet delivered. */
  status: string;
  /** The ID of the file, when `sendMedia` uploaded one. */
  mediaId?: string;
};

/** What a request leaves on `state.response`. */
export type ResponseFacts = {
  method: string;
  path: string;
  statusCode: number;
  /** Milliseconds, waits between tries included. */
  duration: number;
  attempts: number;
  /** Meta's whole answer. */
  body?: unknown;
};

/** The content of each kind of message, under its name in Meta's object. */
export type MessageContents = {
  text: TextContent;
  image: ImageContent;
  audio: AudioContent;
  video: VideoContent;
  document: DocumentContent;
  sticker: StickerContent;
  location: LocationContent;
  contacts: ContactsContent;
  reaction: ReactionContent;
  interactive: InteractiveContent;
  pin: PinContent;
  template: TemplateContent;
};

/** A message as Meta writes it; `type` may be left out, as its kind tells it. */
export type Message = {
  [Kind in keyof MessageContents]: MessageFields & {
    type?: Kind | undefined;
  } & { [Name in Kind]: MessageContents[Kind] };
}[keyof MessageContents];

/** Fields of Meta's own object that stand beside the content. */
export type MessageFields = {
  messaging_product?: 'whatsapp' | undefined;
  recipient_type?: 'individual' | 'group' | undefined;
  to?: string | undefined;
  recipient?: string | undefined;
  /** The message to quote. */
  context?: { message_id: string | number } | undefined;
  biz_opaque_callback_data?: string | number | undefined;
  recipient_identity_key_hash?: string | number | undefined;
};

export type TextContent = { body: string; preview_url?: boolean | undefined };

/** A media to send: the ID of an upload, or a public https link. */
export type MediaSource = {
  id?: string | number | undefined;
  link?: string | undefined;
};

export type ImageContent = MediaSource & { caption?: string | undefined };

export type VideoContent = MediaSource & { caption?: string | undefined };

/** `voice` makes a voice message of Ogg with Opus. */
export type AudioContent = MediaSource & { voice?: boolean | undefined };

/** The phone picks the icon by the extension of `filename`. */
export type DocumentContent = MediaSource & {
  filename?: string | undefined;
  caption?: string | undefined;
};

export type StickerContent = MediaSource;

/** Latitude and longitude in decimal degrees. */
export type LocationContent = {
  latitude: number | string;
  longitude: number | string;
  name?: string | undefined;
  address?: string | undefined;
};

export type ContactsContent = ContactContent[];

export type ContactContent = {
  name: ContactName;
  phones?: ContactPhone[] | undefined;
  emails?: ContactEmail[] | undefined;
  addresses?: ContactAddress[] | undefined;
  org?: ContactOrganization | undefined;
  urls?: ContactWebsite[] | undefined;
  /** As in `1999-01-23`. */
  birthday?: string | undefined;
};

/** The whole name, and at least one of its parts. */
export type ContactName = {
  formatted_name: string;
  first_name?: string | undefined;
  last_name?: string | undefined;
  middle_name?: string | undefined;
  prefix?: string | undefined;
  suffix?: string | undefined;
};

/** With `wa_id` the card gets a button to chat with the number. */
export type ContactPhone = {
  phone?: string | undefined;
  type?: string | undefined;
  wa_id?: string | undefined;
};

export type ContactEmail = {
  email?: string | undefined;
  type?: string | undefined;
};

export type ContactAddress = {
  street?: string | undefined;
  city?: string | undefined;
  state?: string | undefined;
  zip?: string | undefined;
  country?: string | undefined;
  country_code?: string | undefined;
  type?: string | undefined;
};

export type ContactOrganization = {
  company?: string | undefined;
  department?: string | undefined;
  title?: string | undefined;
};

export type ContactWebsite = {
  url?: string | undefined;
  type?: string | undefined;
};

/** An empty `emoji` takes the reaction back. */
export type ReactionContent = {
  message_id: string | number;
  emoji: string;
};

/** Groups only. */
export type PinContent = {
  type: 'pin' | 'unpin';
  message_id: string | number;
  expiration_days?: number | undefined;
};

/** The interactive messages that we know; one that Meta adds later can be sent too. */
export type InteractiveContent = InteractiveContents[keyof InteractiveContents];

/** The interactive messages, under their `type`. */
export type InteractiveContents = {
  button: InteractiveParts & {
    type: 'button';
    action: { buttons: InteractiveButton[] };
  };
  list: {
    type: 'list';
    header?: TextHeader | undefined;
    body: InteractiveText;
    footer?: InteractiveText | undefined;
    action: { button: string; sections: InteractiveSection[] };
  };
  cta_url: InteractiveParts & {
    type: 'cta_url';
    action: { name: 'cta_url'; parameters: UrlButton };
  };
  location_request_message: InteractiveParts & {
    type: 'location_request_message';
    action: { name: 'send_location' };
  };
  flow: InteractiveParts & {
    type: 'flow';
    action: { name: 'flow'; parameters: InteractiveFlow };
  };
  address_message: InteractiveParts & {
    type: 'address_message';
    action: { name: 'address_message'; parameters: AddressParameters };
  };
  product: {
    type: 'product';
    body?: InteractiveText | undefined;
    footer?: InteractiveText | undefined;
    action: ProductItem & { catalog_id: string | number };
  };
  product_list: {
    type: 'product_list';
    header: TextHeader;
    body: InteractiveText;
    footer?: InteractiveText | undefined;
    action: { catalog_id: string | number; sections: ProductSection[] };
  };
  catalog_message: {
    type: 'catalog_message';
    body: InteractiveText;
    footer?: InteractiveText | undefined;
    action: {
      name: 'catalog_message';
      parameters?:
        | { thumbnail_product_retailer_id?: string | number | undefined }
        | undefined;
    };
  };
  carousel: {
    type: 'carousel';
    body: InteractiveText;
    action: { cards: CarouselCard[] };
  };
  voice_call: InteractiveParts & {
    type: 'voice_call';
    action: {
      name: 'voice_call';
      parameters?: VoiceCallParameters | undefined;
    };
  };
  call_permission_request: {
    type: 'call_permission_request';
    body?: { text: string } | undefined;
    action: { name: 'call_permission_request' };
  };
  request_contact_info: InteractiveParts & {
    type: 'request_contact_info';
    action: { name: 'request_contact_info' };
  };
  order_details: InteractiveParts & {
    type: 'order_details';
    action: { name: 'review_and_pay'; parameters: OrderDetails };
  };
  order_status: InteractiveParts & {
    type: 'order_status';
    action: { name: 'review_order'; parameters: OrderStatus };
  };
};

/** What most interactive messages have beside their action. */
export type InteractiveParts = {
  header?: InteractiveHeader | undefined;
  body: InteractiveText;
  footer?: InteractiveText | undefined;
};

export type InteractiveText = { text: string };

export type InteractiveHeader =
  TextHeader | ImageHeader | VideoHeader | DocumentHeader;

export type TextHeader = { type: 'text'; text: string };

export type ImageHeader = { type: 'image'; image: MediaSource };

export type VideoHeader = { type: 'video'; video: MediaSource };

export type DocumentHeader = {
  type: 'document';
  document: MediaSource & { filename?: string | undefined };
};

export type InteractiveButton = {
  type: 'reply';
  reply: { id: string | number; title: string };
};

/** A title is needed when there are several sections. */
export type InteractiveSection = {
  title?: string | undefined;
  rows: InteractiveRow[];
};

export type InteractiveRow = {
  id: string | number;
  title: string;
  description?: string | undefined;
};

export type UrlButton = { display_text: string; url: string };

/** Exactly one of `flow_id` and `flow_name`. */
export type InteractiveFlow = {
  flow_message_version: string | number;
  flow_id?: string | number | undefined;
  flow_name?: string | undefined;
  /** The text of the button. */
  flow_cta: string;
  /** Comes back with the answer, which does not name the flow. */
  flow_token?: string | number | undefined;
  mode?: 'draft' | 'published' | undefined;
  flow_action?: 'navigate' | 'data_exchange' | undefined;
  /** Only with `navigate`. */
  flow_action_payload?: FlowPayload | undefined;
};

export type FlowPayload = {
  screen?: string | undefined;
  data?: { [name: string]: unknown } | undefined;
};

export type AddressParameters = {
  country: string;
  values?: { [name: string]: unknown } | undefined;
  saved_addresses?: { [name: string]: unknown }[] | undefined;
  validation_errors?: { [name: string]: unknown } | undefined;
};

export type ProductItem = { product_retailer_id: string | number };

/** A title is needed when there are several sections. */
export type ProductSection = {
  title?: string | undefined;
  product_items: ProductItem[];
};

export type CarouselCard = MediaCard | ProductCard;

/** With a button that opens an address (`name` and `parameters`), or with `buttons` to reply. */
export type MediaCard = {
  card_index: number;
  type: 'cta_url';
  header: ImageHeader | VideoHeader;
  body?: InteractiveText | undefined;
  action: {
    name?: 'cta_url' | undefined;
    parameters?: UrlButton | undefined;
    buttons?: QuickReply[] | undefined;
  };
};

export type QuickReply = {
  type: 'quick_reply';
  quick_reply: { id: string | number; title: string };
};

export type ProductCard = {
  card_index: number;
  type: 'product';
  action: ProductItem & { catalog_id: string | number };
};

export type VoiceCallParameters = {
  display_text?: string | undefined;
  /** How long the button works. */
  ttl_minutes?: number | undefined;
  /** Comes back in the webhook of the call. */
  payload?: string | number | undefined;
};

export type OrderDetails = {
  reference_id: string;
  type: string;
  currency: string;
  /** `{ value: 21000, offset: 100 }` is 210.00. */
  total_amount: { value: number; offset: number };
  payment_settings?: { [name: string]: unknown }[] | undefined;
  order?: { [name: string]: unknown } | undefined;
};

export type OrderStatus = {
  reference_id: string;
  order?: { status: string; description?: string | undefined } | undefined;
};

/** Options of `sendMessage` and `reply`. */
export type MessageOptions = SendOptions & {
  /** Show a preview of the first link of a text. */
  previewUrl?: boolean | undefined;
};

/** Options of `sendMedia`, besides the send options. */
export type MediaOptions = SendOptions & {
  /** Text below an image, video or document; at most 1024 characters. */
  caption?: string | undefined;
  /** Name of a document, with its extension: the phone picks the icon by it. */
  filename?: string | undefined;
  /** Show an audio as a voice message. It has to be Ogg with Opus. */
  voice?: boolean | undefined;
  /** Upload the same content only once in a run, for however many people. */
  reuse?: boolean | undefined;
};

/**
 * Options of `sendButtons`, `sendUrlButton`, `sendFlow` and `requestLocation`,
 * besides the send options.
 */
export type InteractiveOptions = SendOptions & {
  /**
   * Text above the body, at most 60 characters, or Meta's header object with an
   * image, video or document.
   */
  header?: string | InteractiveHeader | undefined;
  /** Small text below the body; at most 60 characters. */
  footer?: string | undefined;
};

/** Options of `sendList`, besides the interactive and the send options. */
export type ListOptions = InteractiveOptions & {
  /** The text of the button that opens the list. Default `Options`. */
  button?: string | undefined;
};

/** Options of `reply`, besides the send options. */
export type ReplyOptions = MessageOptions & {
  /**
   * What to send when the 24 hours are over: the name of a template, or
   * `{ name, language, values, … }` as for `sendTemplate`.
   */
  template?:
    | string
    | (TemplateOptions & {
        name: string;
        values?: TemplateValues | undefined;
      })
    | undefined;
};

/** Options of `markAsRead`. */
export type ReadOptions = {
  /** Also show that an answer is being written; for 25 seconds at most. */
  typing?: boolean | undefined;
  /** Milliseconds to wait for Meta's answer. Default 30000. */
  timeout?: number | undefined;
  /** Milliseconds to wait for a connection. Default 10000. */
  connectTimeout?: number | undefined;
  /** How to repeat a failed request; `false` for never. */
  retry?: Retry | false | undefined;
  /** Build and check the request, but do not send it. */
  dryRun?: boolean | undefined;
};

/** A button of `sendButtons`; an `id` not given is the title. */
export type ReplyButton = {
  id?: string | number | null | undefined;
  title: string | number;
};

/** A row of `sendList`; an `id` not given is the title. */
export type ListRow = {
  id?: string | number | null | undefined;
  title: string | number;
  description?: string | number | null | undefined;
};

/** Rows of `sendList` under a title, which is needed when there are several sections. */
export type ListSection = {
  title?: string | number | null | undefined;
  rows: (string | number | ListRow)[];
};

/** What `sendFlow` opens; `flow_message_version` is 3 when left out. */
export type FlowParameters = Omit<InteractiveFlow, 'flow_message_version'> & {
  flow_message_version?: string | number | undefined;
};

/** A contact in plain fields; what is empty or null is left out. */
export type PlainContact = {
  firstName?: string | null | undefined;
  middleName?: string | null | undefined;
  lastName?: string | null | undefined;
  phone?: string | number | null | undefined;
  phoneType?: string | null | undefined;
  email?: string | null | undefined;
  emailType?: string | null | undefined;
  /** As in `1999-01-23`. */
  birthday?: string | null | undefined;
  company?: string | null | undefined;
};

/** Options of `request`. */
export type RequestOptions = {
  /** The ID of the number to use. Default: that of the credential. */
  phoneNumberId?: string | undefined;
  /** Query parameters. */
  query?: { [name: string]: unknown } | undefined;
  /** Further headers. The token is added by the adaptor. */
  headers?: { [name: string]: string } | undefined;
  /** The body; wins over the argument. */
  body?: unknown;
  /** Fields of a multipart request. */
  form?: { [name: string]: unknown } | undefined;
  /** Files of a multipart request: `{ name, content, filename, type }`. */
  files?: RequestFile | RequestFile[] | undefined;
  /**
   * `json` (default), `text`, `base64`, `stream` or `auto`: JSON when the
   * content type is `application/json` or missing, else text.
   */
  parseAs?: 'json' | 'text' | 'base64' | 'stream' | 'auto' | undefined;
  /**
   * The most bytes of the answer; more is an error. Default 16 MB; a stream has
   * no limit.
   */
  maxSize?: number | undefined;
  /** Milliseconds to wait for the answer. Default 30000. */
  timeout?: number | undefined;
  /** Milliseconds to wait for a connection. Default 10000. */
  connectTimeout?: number | undefined;
  /** Log method, path, status and sizes; never contents. */
  debug?: boolean | undefined;
  /** How to repeat a failed request; `false` for never. */
  retry?: Retry | false | undefined;
  /**
   * By HTTP status: `false` makes it a success, `true` an error, a text is the
   * message of the error. `false` for the whole makes everything a success.
   */
  errors?: { [statusCode: number]: string | boolean } | false | undefined;
  /** Options of Node's TLS. */
  tls?: { [name: string]: unknown } | undefined;
  /**
   * Send a message also when `undefined`, `null`, `NaN`, `Invalid Date` or
   * `[object Object]` stands in it for a missing value. By default it is the
   * error `VALUE_MISSING`.
   */
  allowMissing?: boolean | undefined;
};

/** A file of a multipart request. */
export type RequestFile = {
  name: string;
  /** A Buffer, a stream or text. */
  content: unknown;
  filename?: string | undefined;
  /** MIME type. */
  type?: string | undefined;
};

// Templates.

/** Options of `sendTemplate`, besides the send options. */
export type TemplateOptions = SendOptions & {
  /** Language code of the template. Default `en_US`. */
  language?: string | undefined;
  /**
   * Text of the header, or
   * `{ image | video | document | location | product: … }`.
   */
  header?: TemplateHeader | null | undefined;
  /**
   * One item for each button by position, `null` where it needs nothing:
   * `{ url }`, `{ payload }`, `{ copy_code }`, `{ flow }`, `{ catalog }`,
   * `{ mpm }`, `{ order_details }`, `{ voice_call }`.
   */
  buttons?: readonly (TemplateButton | null | undefined)[] | null | undefined;
  /** One card for each card of the template: `{ header, body, buttons }`. */
  carousel?: readonly TemplateCard[] | null | undefined;
  /** When the offer ends, in Unix milliseconds. */
  limitedTimeOffer?: number | TemplateOffer | null | undefined;
  /**
   * Components as Meta writes them. Each takes the place of the one of the same
   * type that the other options make; a button, that of the same index.
   */
  components?: readonly TemplateComponent[] | null | undefined;
  /**
   * Compare with the approved template first, which is looked up once a run:
   * a mismatch is an error, and nothing is sent. An object of values then fills
   * `{{name}}` and `{{1}}` alike. Needs `wabaId`.
   */
  check?: boolean | undefined;
};

/** Options of `sendOneTimePassword`. */
export type OneTimePasswordOptions = SendOptions & {
  /** Language of the template, as WhatsApp Manager shows it. Default `en_US`. */
  language?: string | undefined;
};

/** The name of a template, alone or with its language. */
export type TemplateName =
  string | { name: string; language?: string | TemplateLanguage | undefined };

/** What fills the body: a list for `{{1}}`, an object for `{{name}}`. */
export type TemplateValues =
  readonly TemplateValue[] | { readonly [name: string]: TemplateValue };

/** Text or a number, an amount of money, a date, or Meta's own parameter. */
export type TemplateValue =
  | string
  | number
  | { currency: TemplateCurrency }
  | { date_time: TemplateDateTime }
  | TemplateBodyParameter;

/** What fills the header; a `type` may stand beside it. */
export type TemplateHeader =
  | string
  | number
  | {
      type?: 'text' | undefined;
      text: string | number;
      parameter_name?: string | undefined;
    }
  | { type?: 'image' | undefined; image: MediaSource }
  | { type?: 'video' | undefined; video: MediaSource }
  | { type?: 'document' | undefined; document: TemplateDocument }
  | { type?: 'location' | undefined; location: LocationContent }
  | { type?: 'product' | undefined; product: TemplateProduct };

/** What fills a button, under the name of what it needs. */
export type TemplateButton =
  /** The end of the address that the button opens. */
  | { url: string | number }
  /** What comes back when a quick reply is tapped. */
  | { payload: string | number }
  /** The coupon that the button copies. */
  | { copy_code: string | number }
  | { flow: TemplateFlow }
  | { catalog: TemplateThumbnail }
  | { mpm: TemplateThumbnail & { sections: TemplateProductSection[] } }
  | { order_details: { [field: string]: unknown } }
  | { voice_call: TemplateVoiceCall };

/** A card of a carousel: in plain arguments, or as Meta writes it. */
export type TemplateCard =
  | {
      header?: TemplateHeader | null | undefined;
      body?: TemplateValues | null | undefined;
      buttons?:
        readonly (TemplateButton | null | undefined)[] | null | undefined;
    }
  | { card_index?: number | undefined; components: TemplateCardComponent[] };

/** A template as Meta writes it in a message. */
export type TemplateContent = {
  name: string;
  language: TemplateLanguage;
  components?: TemplateComponent[] | undefined;
};

export type TemplateLanguage = { code: string; policy?: string | undefined };

/** The components that we know; one that Meta adds later can be sent too. */
export type TemplateComponent =
  | TemplateHeaderComponent
  | TemplateBodyComponent
  | TemplateButtonComponent
  | TemplateOfferComponent
  | TemplateCarouselComponent
  | TemplateTapTargetComponent;

export type TemplateHeaderComponent = {
  type: 'header';
  parameters?: TemplateHeaderParameter[] | undefined;
};

export type TemplateBodyComponent = {
  type: 'body';
  parameters?: TemplateBodyParameter[] | undefined;
};

/** `index` counts every button of the template, from 0. */
export type TemplateButtonComponent = {
  type: 'button';
  sub_type: string;
  index: number | string;
  parameters?: TemplateButtonParameter[] | undefined;
};

export type TemplateOfferComponent = {
  type: 'limited_time_offer';
  parameters?:
    | { type: 'limited_time_offer'; limited_time_offer: TemplateOffer }[]
    | undefined;
};

export type TemplateCarouselComponent = {
  type: 'carousel';
  cards: { card_index: number; components: TemplateCardComponent[] }[];
};

export type TemplateCardComponent =
  TemplateHeaderComponent | TemplateBodyComponent | TemplateButtonComponent;

/** The title that the address of a tapped header gets. */
export type TemplateTapTargetComponent = {
  type: 'tap_target_configuration';
  parameters?:
    | {
        type: 'tap_target_configuration';
        tap_target_configuration: { url: string; title: string }[];
      }[]
    | undefined;
};

/** `parameter_name` is for templates with named variables. */
export type TemplateTextParameter = {
  type: 'text';
  text: string;
  parameter_name?: string | undefined;
};

export type TemplateHeaderParameter =
  | TemplateTextParameter
  | { type: 'image'; image: MediaSource }
  | { type: 'video'; video: MediaSource }
  | { type: 'document'; document: TemplateDocument }
  | { type: 'location'; location: LocationContent }
  | { type: 'product'; product: TemplateProduct };

export type TemplateBodyParameter =
  | TemplateTextParameter
  | {
      type: 'currency';
      currency: TemplateCurrency;
      parameter_name?: string | undefined;
    }
  | {
      type: 'date_time';
      date_time: TemplateDateTime;
      parameter_name?: string | undefined;
    };

export type TemplateButtonParameter =
  | { type: 'text'; text: string | number }
  | { type: 'payload'; payload: string | number }
  | { type: 'coupon_code'; coupon_code: string | number }
  | { type: 'ttl_minutes'; ttl_minutes: number }
  | { type: 'action'; action: TemplateAction };

export type TemplateDocument = MediaSource & { filename?: string | undefined };

export type TemplateProduct = {
  product_retailer_id: string | number;
  catalog_id: string | number;
};

/** `amount_1000` is the amount times 1000. */
export type TemplateCurrency = {
  fallback_value: string;
  code: string;
  amount_1000: number;
};

/** The date as people read it. */
export type TemplateDateTime = { fallback_value: string };

/** When the offer ends: milliseconds since 1970. */
export type TemplateOffer = { expiration_time_ms: number };

/** What a button that acts inside WhatsApp needs. */
export type TemplateAction = TemplateFlow &
  TemplateThumbnail & {
    sections?: TemplateProductSection[] | undefined;
    order_details?: { [field: string]: unknown } | undefined;
  };

export type TemplateFlow = {
  flow_token?: string | number | undefined;
  flow_action_data?: { [field: string]: unknown } | undefined;
};

/** The product whose picture is shown. */
export type TemplateThumbnail = {
  thumbnail_product_retailer_id?: string | number | undefined;
};

export type TemplateProductSection = {
  title?: string | undefined;
  product_items: { product_retailer_id: string | number }[];
};

export type TemplateVoiceCall = {
  ttl_minutes?: number | undefined;
  payload?: string | number | undefined;
};

// Webhooks.

/** An object of Meta's, under Meta's names. */
export type MetaObject = { [name: string]: unknown };

/** Options of `parseWebhook`. */
export type ParseOptions = {
  /**
   * Keep the furthest status of each message only: sent, delivered, read or
   * played; failed is final.
   */
  collapse?: boolean | undefined;
};

/** Everything that a webhook tells, flat, each event once. */
export type WebhookEvents = {
  /** What people wrote, tapped or sent, to be answered. */
  messages: InboundMessage[];
  /** What WhatsApp tells about a person or a message: a changed number or user ID, an edit, a revocation. */
  notices: Notice[];
  /** What became of messages that were sent. */
  statuses: MessageStatus[];
  /** Calls that begin or end, and what became of those that the business made. */
  calls: CallEvent[];
  /** News of accounts, numbers, templates, groups and people's wishes; and messages that are not for you to answer. */
  account: AccountEvent[];
  /** What this version does not know, whole. */
  unknown: UnknownEvent[];
};

/**
 * A message from a person. Beside these stands Meta's object of its kind, under
 * the name of the kind: `image`, `location`, `interactive`, …
 */
export type InboundMessage = {
  /** Its ID: `reply` quotes it, `markAsRead` takes it. */
  id: string;
  /** The person's number in digits; missing when Meta shows only a user ID. */
  from?: string;
  /** The person's business-scoped user ID; the parent user ID when Meta tells no other. */
  userId?: string;
  /** The person's user ID in the business portfolio that this one belongs to. */
  parentUserId?: string;
  /** The name that the person chose. */
  name?: string;
  /** The username that the person chose. */
  username?: string;
  /** The ID of your number that it is about. */
  phoneNumberId?: string;
  /** Your number that it is about, in digits. */
  displayPhoneNumber?: string;
  /** The ID of the WhatsApp Business Account that it is about. */
  wabaId?: string;
  /** The group that it was written in. */
  groupId?: string;
  /** ISO time. */
  timestamp?: string;
  /** ISO time until which free-form answers arrive. */
  windowExpiresAt?: string;
  /** Meta's kind, also one that is new; `unknown` when Meta gives none. */
  type: string;
  /** What the person said in words: a text, a caption, the title of a tapped button, an emoji. */
  text?: string;
  /** The ID of the tapped button or chosen row, or the payload of a template's button. */
  replyId?: string;
  /** The ID of the file, to download it. */
  mediaId?: string;
  /** The answers of a flow: mostly an object; text when it was no JSON. */
  flow?: unknown;
  /** What the message answers. */
  context?: MessageContext;
  /** The advertisement that the person came from. */
  referral?: Referral;
  /** The person's identity at WhatsApp, as older versions tell it. */
  identity?: MetaObject;
  /** Why Meta does not hand it out. */
  errors?: MetaError[];
  /** It changes when the person installs WhatsApp anew; only with the identity check on. */
  identityKeyHash?: string;
  /** Meta's whole contact of the person, of which `name` and others are taken. */
  contact?: WebhookContact;
  /** Meta's whole item. */
  raw: MetaObject;
  [kind: string]: unknown;
} & Contents<InboundContents>;

/**
 * What WhatsApp tells about a person or a message. Nobody wrote it, so it cannot
 * be answered. Beside these stands Meta's object, under the name of the type.
 */
export type Notice = {
  /** The ID of the notice, not of the message that it is about. */
  id: string;
  /** `system` (a person's number or ID changed), `edit` or `revoke`. */
  type: string;
  /** What changed, in Meta's word: `user_changed_number`, `user_changed_user_id`, …; only of `system`. */
  event?: string;
  /** The message that was edited or revoked. */
  messageId?: string;
  /** The person's number in digits; before the change, if there was one. */
  from?: string;
  /** The person's user ID; before the change, if Meta tells it. */
  userId?: string;
  /** The person's user ID in the business portfolio that this one belongs to. */
  parentUserId?: string;
  /** The name that the person chose. */
  name?: string;
  /** The username that the person chose. */
  username?: string;
  /** The person's new number in digits. */
  newNumber?: string;
  /** The person's new user ID. */
  newUserId?: string;
  /** The person's new parent user ID. */
  newParentUserId?: string;
  /** The ID of your number that it is about. */
  phoneNumberId?: string;
  /** Your number that it is about, in digits. */
  displayPhoneNumber?: string;
  /** The ID of the WhatsApp Business Account that it is about. */
  wabaId?: string;
  /** The group that it was written in. */
  groupId?: string;
  /** ISO time. */
  timestamp?: string;
  /** The new words of an edited message; of `system`, WhatsApp's own sentence. */
  text?: string;
  /** The file of an edited message. */
  mediaId?: string;
  /** What the message answers. */
  context?: MessageContext;
  /** What went wrong. */
  errors?: MetaError[];
  /** It changes when the person installs WhatsApp anew; only with the identity check on. */
  identityKeyHash?: string;
  /** Meta's whole contact of the person. */
  contact?: WebhookContact;
  /** Meta's whole item. */
  raw: MetaObject;
  [name: string]: unknown;
} & Contents<NoticeContents>;

/** What became of a message that was sent. */
export type MessageStatus = {
  /** The ID of the message, as its send left it. */
  id: string;
  /** `sent`, `delivered`, `read`, `played`, `failed`, or what Meta adds. */
  status: string;
  /** ISO time. */
  timestamp?: string;
  /** The recipient's number in digits, or the ID of a group. */
  to?: string;
  /** The recipient's business-scoped user ID; the parent user ID when Meta tells no other. */
  userId?: string;
  /** The person's user ID in the business portfolio that this one belongs to. */
  parentUserId?: string;
  /** The name that the person chose. */
  name?: string;
  /** The username that the person chose. */
  username?: string;
  /** `group` when `to` is the ID of a group. */
  recipientType?: string;
  /** The group's member that this status is about: the number, or the user ID of one who shows none. */
  participant?: string;
  /** The ID of your number that it is about. */
  phoneNumberId?: string;
  /** Your number that it is about, in digits. */
  displayPhoneNumber?: string;
  /** The ID of the WhatsApp Business Account that it is about. */
  wabaId?: string;
  /** Why it failed. */
  errors?: MetaError[];
  /** Whether it was billed, and as what. */
  pricing?: MessagePricing;
  /** The conversation of older prices; of groups, its category. */
  conversation?: MetaObject;
  /** The `callbackData` of the send. */
  callbackData?: string;
  /** It changes when the person installs WhatsApp anew; only with the identity check on. */
  identityKeyHash?: string;
  /** Meta's whole contact of the recipient. */
  contact?: WebhookContact;
  /** Meta's whole item. */
  raw: MetaObject;
};

/** A call that begins or ends, or what became of one that the business made. */
export type CallEvent = {
  /** The ID of the call. */
  id: string;
  /** `connect` or `terminate`; missing when only the status is told. */
  event?: string;
  /** `RINGING`, `ACCEPTED`, `REJECTED`, or how it ended. */
  status?: string;
  /** `USER_INITIATED` or `BUSINESS_INITIATED`. */
  direction?: string;
  /** ISO time. */
  timestamp?: string;
  /** ISO time until which free-form messages arrive, because the person called. */
  windowExpiresAt?: string;
  /** Who calls: a number in digits. */
  from?: string;
  /** Who is called: a number in digits. */
  to?: string;
  /** The person's business-scoped user ID; the parent user ID when Meta tells no other. */
  userId?: string;
  /** The person's user ID in the business portfolio that this one belongs to. */
  parentUserId?: string;
  /** The name that the person chose. */
  name?: string;
  /** The username that the person chose. */
  username?: string;
  /** The ID of your number that it is about. */
  phoneNumberId?: string;
  /** Your number that it is about, in digits. */
  displayPhoneNumber?: string;
  /** The ID of the WhatsApp Business Account that it is about. */
  wabaId?: string;
  /** ISO time at which the person took it. */
  startTime?: string;
  /** ISO time at which it ended. */
  endTime?: string;
  /** How long it took, in seconds. */
  duration?: number;
  /** How the two connect: `sdp_type` and `sdp`. */
  session?: MetaObject;
  /** Why it failed. */
  errors?: MetaError[];
  /** What the business gave along when it called. */
  callbackData?: string;
  /** It changes when the person installs WhatsApp anew; only with the identity check on. */
  identityKeyHash?: string;
  /** Meta's whole contact of the person. */
  contact?: WebhookContact;
  /** Meta's whole item. */
  raw: MetaObject;
};

/**
 * News of an account, a number, a template, a group or a person's wishes.
 * Beside these stand Meta's own fields, under Meta's names. A message that is
 * not for you to answer (what the business wrote in its own app, old messages,
 * what another handles) has a `direction`, and the fields of a message.
 */
export type AccountEvent = {
  /** Meta's name of the webhook field; `errors` for an error that belongs to no message. */
  field: string;
  /** The ID of the WhatsApp Business Account that it is about. */
  wabaId?: string;
  /** The ID of your number that it is about. */
  phoneNumberId?: string;
  /** Your number that it is about, in digits. */
  displayPhoneNumber?: string;
  /** ISO time. */
  timestamp?: string;
  /** Of a message: `in` from a person, `out` to a person. */
  direction?: 'in' | 'out';
  /** The person's business-scoped user ID; the parent user ID when Meta tells no other. */
  userId?: string;
  /** The person's user ID in the business portfolio that this one belongs to. */
  parentUserId?: string;
  /** The name that the person chose. */
  name?: string;
  /** The username that the person chose. */
  username?: string;
  /** It changes when the person installs WhatsApp anew; only with the identity check on. */
  identityKeyHash?: string;
  /** Meta's whole contact of the person. */
  contact?: WebhookContact;
  /** Meta's whole item, or the whole value of a field without items. */
  raw: MetaObject;
  [name: string]: unknown;
};

/** What this version does not know. */
export type UnknownEvent = {
  /** Meta's name of the webhook field. */
  field?: string;
  /** The ID of the WhatsApp Business Account that it is about. */
  wabaId?: string;
  /** The ID of your number that it is about. */
  phoneNumberId?: string;
  /** Your number that it is about, in digits. */
  displayPhoneNumber?: string;
  /** ISO time. */
  timestamp?: string;
  /** What came, whole. */
  raw: unknown;
};

/** What a message answers, and how it came. */
export type MessageContext = {
  /** Who wrote the message that is answered: a number in digits. */
  from?: string;
  /** The ID of the message that is answered. */
  id?: string;
  /** Whether the person passed it on. */
  forwarded?: boolean;
  /** Whether it was passed on more than five times. */
  frequently_forwarded?: boolean;
  /** The product that the person asks about. */
  referred_product?: { catalog_id: string; product_retailer_id: string };
  [name: string]: unknown;
};

/** The advertisement or post that a person came from. */
export type Referral = {
  source_url?: string;
  source_id?: string;
  /** `ad` or `post`. */
  source_type?: string;
  headline?: string;
  body?: string;
  /** `image` or `video`. */
  media_type?: string;
  image_url?: string;
  video_url?: string;
  thumbnail_url?: string;
  /** The ID of the click. */
  ctwa_clid?: string;
  /** What the advertisement was given to tell it from others. */
  ref?: string;
  /** What the person was greeted with: `{ text }`. */
  welcome_message?: MetaObject;
  [name: string]: unknown;
};

/** What a message costs. */
export type MessagePricing = {
  /** Whether it is billed. */
  billable?: boolean;
  /** `PMP`: by the message; older `CBP`: by the conversation. */
  pricing_model?: string;
  /** `regular`, `free_customer_service` or `free_entry_point`. */
  type?: string;
  /** Such as `utility`, `marketing`, `authentication`, `service`; of groups, `group_utility` and so on. */
  category?: string;
  [name: string]: unknown;
};

/** A person as Meta tells of one beside messages and statuses. */
export type WebhookContact = {
  /** `name`, `username`, `country_code`, … */
  profile?: MetaObject;
  /** The number in digits, which may be spelled otherwise than `from`. */
  wa_id?: string;
  user_id?: string;
  parent_user_id?: string;
  identity_key_hash?: string;
  [name: string]: unknown;
};

/** The object of the kind; `text` is what was said. Written out, because the editor knows no `Partial`. */
type Contents<T> = {
  [Kind in keyof T as Kind extends 'text' ? never : Kind]?: T[Kind];
};

/** Meta's object of each kind of message, under the name of the kind. Meta's field names; the list may grow. */
export type InboundContents = {
  /** A text, with `referral` when it comes from an advertisement, and `context.referred_product` when from a product. */
  text: {
    /** The words, also in `text` of the message. */
    body: string;
  };
  /** A picture. */
  image: InboundMedia & { caption?: string };
  /** A video. */
  video: InboundMedia & { caption?: string };
  /** A sound file, or a voice message. */
  audio: InboundMedia & {
    /** Whether it was recorded in the chat. */
    voice?: boolean;
  };
  /** A voice message, as older versions and On-Premises APIs name it. */
  voice: InboundMedia;
  /** A file of any type. */
  document: InboundMedia & { caption?: string; filename?: string };
  /** A sticker. */
  sticker: InboundMedia & {
    /** Whether it moves. */
    animated?: boolean;
  };
  /** A place. */
  location: {
    latitude: number;
    longitude: number;
    name?: string;
    address?: string;
    url?: string;
  };
  /** Cards of contacts, in Meta's shape. */
  contacts: ContactsContent;
  /** An emoji on a message; without `emoji` it was taken back. */
  reaction: {
    /** The message that it is on. */
    message_id: string;
    emoji?: string;
  };
  /** A tapped quick reply of a template. */
  button: {
    /** The title of the button. */
    text: string;
    /** What the send put behind the button; `DID_NOT_REQUEST_CODE` of a one-time password. */
    payload: string;
  };
  /** What a person chose or filled in. The object of its `type` is there. */
  interactive: {
    type: string;
    /** A tapped reply button. */
    button_reply?: { id: string; title: string };
    /** A chosen row of a list. */
    list_reply?: { id: string; title: string; description?: string };
    /** A filled flow or address. */
    nfm_reply?: {
      /** `flow` or `address_message`. */
      name: string;
      body?: string;
      /** The answers as JSON text; `flow` of the message has them parsed. */
      response_json: string;
    };
    /** The answer to a call permission request. */
    call_permission_reply?: {
      /** `accept` or `reject`. */
      response: string;
      is_permanent?: boolean;
      /** Unix time in seconds. */
      expiration_timestamp?: string | number;
      /** `user_action` or `automatic`. */
      response_source?: string;
    };
  };
  /** An order from the catalog. */
  order: {
    catalog_id: string;
    text?: string;
    product_items: {
      product_retailer_id: string;
      quantity: number;
      item_price: number;
      currency: string;
    }[];
  };
  /** The person has opened the chat for the first time, and wrote nothing. */
  request_welcome: MetaObject;
  /** A message that Meta does not hand out, with `errors`. It can be answered. */
  unsupported: {
    /** What it was, such as `poll`. */
    type?: string;
  };
};

/** A file in a message. */
export type InboundMedia = {
  /** Its ID, also in `mediaId`; `downloadMedia` takes it. */
  id: string;
  mime_type: string;
  /** The hash of its bytes, in base64. */
  sha256: string;
  /** Where it lies for five minutes; it takes the token to read it. */
  url?: string;
};

/** Meta's object of each type of notice, under the name of the type. */
export type NoticeContents = {
  /** The person's number or user ID changed. `event` says which. */
  system: {
    /** WhatsApp's sentence. */
    body?: string;
    /** `user_changed_number`, `user_changed_user_id`, or `customer_identity_changed`. */
    type?: string;
    /** The new number; of older versions `new_wa_id`. */
    wa_id?: string;
    /** The new user ID. */
    user_id?: string;
    previous_user_id?: string;
    /** The new parent user ID. */
    parent_user_id?: string;
    previous_parent_user_id?: string;
  };
  /** The person edited a message. `text` and `mediaId` are those of the new version. */
  edit: {
    original_message_id: string;
    /** The new version, in the shape of a message of its kind. */
    message: MetaObject;
  };
  /** The person took a message back. */
  revoke: { original_message_id: string };
};

/** What a status of each kind tells besides whom it is about. */
export type StatusContents = {
  /** WhatsApp has taken the message. */
  sent: { pricing?: MetaObject; conversation?: MetaObject };
  /** It is on the person's phone. It may never come, or after `read`. */
  delivered: { pricing?: MetaObject; conversation?: MetaObject };
  /** The person has seen it. */
  read: { pricing?: MetaObject };
  /** The person has played the voice message. */
  played: MetaObject;
  /** It was not delivered, and will not be. */
  failed: {
    /** Why; `code` is that of the table of errors. */
    errors: MetaError[];
  };
};

/** What a call tells at each `event`, or `status` of one that the business made. */
export type CallContents = {
  /** It begins. */
  connect: { session?: MetaObject };
  /** It has ended. */
  terminate: {
    status?: string;
    startTime?: string;
    endTime?: string;
    duration?: number;
  };
  /** The person's phone rings. */
  RINGING: MetaObject;
  /** The person has taken the call. */
  ACCEPTED: MetaObject;
  /** The person has not taken the call. */
  REJECTED: MetaObject;
};

/** What each field about the account tells, in Meta's field names. */
export type AccountContents = {
  /** Meta warns about limits or features of the account. */
  account_alerts: {
    /** `BUSINESS`, `WABA` or `PHONE_NUMBER`. */
    entity_type: string;
    entity_id: string;
    alert_info: {
      alert_severity: string;
      alert_status: string;
      alert_type: string;
      alert_description: string;
    };
  };
  /** Meta has reviewed the account. */
  account_review_update: {
    /** `APPROVED`, `REJECTED`, `PENDING` or `DEFERRED`. */
    decision: string;
  };
  /** Settings of the account or a number changed. */
  account_settings_update: MetaObject;
  /** The account changed: a violation, a restriction, a ban, a partner, a tier of prices. */
  account_update: {
    /** What happened, such as `ACCOUNT_VIOLATION` or `VOLUME_BASED_PRICING_TIER_UPDATE`. The object that belongs to it is there. */
    event: string;
    phone_number?: string;
    country?: string;
    ban_info?: { waba_ban_state: string; waba_ban_date?: string };
    violation_info?: { violation_type: string };
    restriction_info?: MetaObject[];
    waba_info?: MetaObject;
    auth_international_rate_eligibility?: MetaObject;
    partner_client_certification_info?: MetaObject;
    /** The account's new tier of prices. */
    volume_tier_info?: {
      tier_update_time: number;
      pricing_category: string;
      /** From how many messages to how many. */
      tier: string;
      effective_month: string;
      region: string;
    };
  };
  /** Meta took a message for a lead or a purchase that an advertisement brought. */
  automatic_events: {
    /** The message. */
    id: string;
    event_name: string;
    ctwa_clid?: string;
    custom_data?: MetaObject;
  };
  /** Limits of the business changed. */
  business_capability_update: {
    max_daily_conversations_per_business?: number;
    max_phone_numbers_per_waba?: number;
    max_phone_numbers_per_business?: number;
  };
  /** The username of a number changed. */
  business_username_updates: {
    display_phone_number?: string;
    username?: string;
    status?: string;
  };
  /** An error that belongs to no message: the first one, and `errors` when an item was nothing but these. */
  errors: MetaError;
  /** A flow changed, or its endpoint is slow or fails. */
  flows: {
    /** `FLOW_STATUS_CHANGE`, `CLIENT_ERROR_RATE`, `ENDPOINT_ERROR_RATE`, `ENDPOINT_LATENCY`, `ENDPOINT_AVAILABILITY` or `FLOW_VERSION_EXPIRY_WARNING`. */
    event: string;
    flow_id: string;
    message?: string;
    warning?: string;
    old_status?: string;
    new_status?: string;
    /** `ACTIVATED` or `DEACTIVATED`. */
    alert_state?: string;
    threshold?: number;
    error_rate?: number;
    p50_latency?: number;
    p90_latency?: number;
    requests_count?: number;
    errors?: MetaObject[];
  };
  /** A group was made or deleted. */
  group_lifecycle_update: GroupNews & {
    subject?: string;
    description?: string;
    invite_link?: string;
  };
  /** Somebody joined, left, or asks to. */
  group_participants_update: GroupNews & {
    added_participants?: MetaObject[];
    removed_participants?: MetaObject[];
    join_request_id?: string;
    reason?: string;
    initiated_by?: string;
  };
  /** The subject, description or picture of a group changed. */
  group_settings_update: GroupNews & {
    group_subject?: MetaObject;
    group_description?: MetaObject;
    profile_picture?: MetaObject;
  };
  /** A group was suspended, or is back. */
  group_status_update: GroupNews;
  /** An old message of a number that also uses the WhatsApp Business app: the fields of a message, and these. */
  history: {
    direction: 'in' | 'out';
    /** The person, of a message that went out. */
    to?: string;
    /** `sent`, `delivered`, `read`, `played`, `pending` or `error`. */
    status?: string;
    /** 0 is the last day, 1 the last three months, 2 what is older. */
    phase?: number;
    chunk_order?: number;
    /** Percent. */
    progress?: number;
  };
  /** A message that another sent from your number: the fields of a message, and these. */
  message_echoes: {
    direction: 'out';
    /** The person. */
    to?: string;
  };
  /** The text of a template changed. */
  message_template_components_update: TemplateNews & {
    message_template_title?: string;
    message_template_element?: string;
    message_template_footer?: string;
    message_template_buttons?: MetaObject[];
  };
  /** How people take a template changed. */
  message_template_quality_update: TemplateNews & {
    /** `GREEN`, `YELLOW`, `RED` or `UNKNOWN`. */
    new_quality_score: string;
    previous_quality_score?: string;
  };
  /** A template was approved, rejected, paused or disabled. */
  message_template_status_update: TemplateNews & {
    /** `APPROVED`, `REJECTED`, `PAUSED`, `DISABLED`, … */
    event: string;
    message_template_category?: string;
    reason?: string;
    rejection_info?: MetaObject;
    disable_info?: MetaObject;
    other_info?: MetaObject;
  };
  /** A conversation went from Meta Business Agent to you, or back. */
  messaging_handovers: {
    /** Such as `control_passed`; the object of that name is there. */
    type: string;
    sender?: MetaObject;
    recipient?: MetaObject;
    control_passed?: { previous_owner_app_role?: string };
  };
  /** A solution of a partner changed. */
  partner_solutions: {
    event: string;
    solution_id: string;
    solution_status: string;
  };
  /** A way to be paid changed. */
  payment_configuration_update: {
    configuration_name: string;
    provider_name: string;
    provider_mid?: string;
    status: string;
    created_timestamp?: number;
    updated_timestamp?: number;
  };
  /** Meta has decided on the name of a number. */
  phone_number_name_update: {
    display_phone_number: string;
    /** `APPROVED` or `REJECTED`. */
    decision: string;
    requested_verified_name: string;
    rejection_reason?: string | null;
  };
  /** The quality or the limit of a number changed. */
  phone_number_quality_update: {
    display_phone_number: string;
    event: string;
    current_limit: string;
  };
  /** The two-step PIN of a number was changed or asked for. */
  security: { display_phone_number: string; event: string; requester?: string };
  /** The address book of the WhatsApp Business app changed. */
  smb_app_state_sync: {
    type: string;
    /** Meta's address, not the sender's contact. */
    contact?: MetaObject;
    /** `add` or `remove`. */
    action: string;
  };
  /** A message that the business sent from its WhatsApp Business app: the fields of a message, and these. */
  smb_message_echoes: {
    direction: 'out';
    /** The person. */
    to?: string;
  };
  /** A message in a conversation that Meta Business Agent handles: the fields of a message, and these. Its notices and statuses are in their own lists. */
  standby: {
    direction: 'in' | 'out';
    /** The person, of a message that went out. */
    to?: string;
  };
  /** Meta has moved a template to another category, or will. */
  template_category_update: TemplateNews & {
    new_category: string;
    previous_category?: string;
    correct_category?: string;
    category_update_timestamp?: number;
  };
  /** News of tracking; Meta has published no shape of it. */
  tracking_events: MetaObject;
  /** A person's user ID changed, as Meta told it before August 2026; now it is a notice. */
  user_id_update: {
    wa_id?: string;
    user_id: { previous: string; current: string };
  };
  /** A person stops or resumes marketing messages. */
  user_preferences: {
    wa_id?: string;
    user_id?: string;
    parent_user_id?: string;
    /** `marketing_messages`. */
    category: string;
    /** `stop` or `resume`. */
    value: string;
    detail?: string;
  };
};

/** What all news of groups tell. */
export type GroupNews = {
  group_id: string;
  /** What happened, such as `group_create`. */
  type: string;
  request_id?: string;
  errors?: MetaError[];
};

/** What all news of templates tell. */
export type TemplateNews = {
  message_template_id: number;
  message_template_name: string;
  message_template_language: string;
};

/** An error as a webhook tells it. */
export type MetaError = {
  code?: number;
  title?: string;
  message?: string;
  error_data?: { details?: string };
  href?: string;
  [name: string]: unknown;
};

// The account.

/** Options of every operation on the account. */
export type AccountOptions = {
  /** Milliseconds to wait for an answer. Default 30000. */
  timeout?: number | undefined;
  /** The most bytes of an answer; more is an error. Default 16 MB. */
  maxSize?: number | undefined;
  /** Milliseconds to wait for a connection. Default 10000. */
  connectTimeout?: number | undefined;
  /** How to repeat a failed request; `false` for never. */
  retry?: Retry | false | undefined;
};

/** Options of an operation that changes texts which people read. */
export type TextOptions = AccountOptions & {
  /** Take a text also when `undefined`, `null`, `NaN`, `Invalid Date` or `[object Object]` stands in it for a missing value. */
  allowMissing?: boolean | undefined;
};

/**
 * Options of every operation that lists, besides `timeout`, `retry` and
 * `maxSize` (the most bytes of an answer, default 16 MB).
 */
export type PageOptions = AccountOptions & {
  /** The most items to read. Default 100. */
  limit?: number | undefined;
  /**
   * Where to go on: `after` of `state.response`, as the list before left it.
   */
  after?: string | undefined;
  /** The most pages to read; more is an error. Default 1000. */
  maxPages?: number | undefined;
};

/** What a list leaves on `state.response`. */
export type ListFacts = Omit<ResponseFacts, 'body'> & {
  /** How many requests it took. */
  pages: number;
  /** Whether there is more than `limit`. */
  hasNext: boolean;
  /** Where the rest begins. */
  after?: string;
  /** How many there are in all, listed or not, where the gateway tells it. */
  total?: number;
};

/** A template as Meta keeps it, under Meta's names. */
export type Template = {
  id: string;
  name: string;
  language: string;
  /** `APPROVED` is the only one that can be sent. */
  status: string;
  /** `AUTHENTICATION`, `MARKETING` or `UTILITY`. */
  category: string;
  /** `POSITIONAL` for `{{1}}`, `NAMED` for `{{name}}`. */
  parameter_format?: string;
  components?: MetaObject[];
  rejected_reason?: string;
  [field: string]: unknown;
};

/**
 * Options of `listTemplates`, besides `limit` (default 100), `after`, `timeout`
 * and `retry`.
 */
export type ListTemplatesOptions = PageOptions & {
  /** `APPROVED`, `PENDING`, `REJECTED`, `PAUSED`, …; one or a list. */
  status?: string | string[] | undefined;
  /** A name, or a part of one. */
  name?: string | undefined;
  /** A language code, or a list. */
  language?: string | string[] | undefined;
  /** `UTILITY`, `MARKETING` or `AUTHENTICATION`; one or a list. */
  category?: string | string[] | undefined;
};

/** Options of `getTemplate`. */
export type GetTemplateOptions = AccountOptions & {
  /** Default: the only language there is, or `en_US`. */
  language?: string | undefined;
};

/**
 * A new template in Meta's form. A header with media may have a `sample`
 * instead of Meta's handle: it is uploaded first.
 */
export type TemplateDefinition = {
  /** Lower case letters, digits and underscores. */
  name: string;
  language: string;
  /** `UTILITY`, `MARKETING` or `AUTHENTICATION`. */
  category: string;
  /** `NAMED` or `POSITIONAL`; by default what the variables look like. */
  parameter_format?: string | undefined;
  components?: MetaObject[] | undefined;
  message_send_ttl_seconds?: number | undefined;
  [field: string]: unknown;
};

/** What `updateTemplate` changes; components are replaced as a whole. */
export type TemplateChanges = {
  category?: string | undefined;
  components?: MetaObject[] | undefined;
  message_send_ttl_seconds?: number | undefined;
  [field: string]: unknown;
};

/** Options of `deleteTemplate`. */
export type DeleteTemplateOptions = AccountOptions & {
  /** Delete only the language that has this ID. */
  id?: string | undefined;
};

// Media.

/** The bytes of a file: a Buffer, a stream, base64, a data URI or an https URL. */
export type FileContent = string | Uint8Array | AsyncIterable<unknown>;

/** A file to upload. */
export type UploadFile =
  | FileContent
  | {
      content: FileContent;
      filename?: string | undefined;
      /** The MIME type, where the bytes do not tell it. */
      type?: string | undefined;
      [field: string]: unknown;
    };

/** Options of `uploadMedia`. */
export type UploadOptions = {
  /** The ID of the number to use. Default: that of the credential. */
  phoneNumberId?: string | undefined;
  /** Name of the file; its extension is corrected to match the content. */
  filename?: string | undefined;
  /** MIME type, where the content does not tell it. */
  type?: string | undefined;
  /**
   * Upload the same content only once in a run, and give its ID again. Not for
   * streams; a URL stands for its content.
   */
  reuse?: boolean | undefined;
  /** Milliseconds to wait for Meta's answer. Default 120000. */
  timeout?: number | undefined;
  /** Milliseconds to wait for a connection. Default 10000. */
  connectTimeout?: number | undefined;
  /**
   * How to repeat a failed upload; `false` for never. A stream is sent once.
   */
  retry?: Retry | false | undefined;
  /**
   * Check the file, but do not upload it: `state.data` is
   * `{ dryRun, method, path, body }`.
   */
  dryRun?: boolean | undefined;
};

/** Options of `getMedia` and `deleteMedia`. */
export type GetMediaOptions = {
  /** Only when the media belongs to the number with this ID. */
  phoneNumberId?: string | undefined;
  /** Milliseconds to wait for Meta's answer. Default 30000. */
  timeout?: number | undefined;
  /** Milliseconds to wait for a connection. Default 10000. */
  connectTimeout?: number | undefined;
  /** How to repeat a failed request; `false` for never. */
  retry?: Retry | false | undefined;
};

/** What is known of a media at Meta. */
export type MediaFacts = {
  id?: string;
  /** Lives 5 minutes, and needs the token. */
  url: string;
  mimeType?: string;
  /** Bytes. */
  fileSize?: number;
  /** In hexadecimal digits. */
  sha256?: string;
};

/** Options of `downloadMedia`. */
export type DownloadOptions = {
  /**
   * How the content is left on state: `base64` (default), `text`, or `json`.
   */
  as?: 'base64' | 'text' | 'json' | undefined;
  /** The most bytes; more is an error. Default 16 MB, with `to` none. */
  maxSize?: number | undefined;
  /** Only when the media belongs to the number with this ID. */
  phoneNumberId?: string | undefined;
  /**
   * Address of another system: the file goes there, and is not left on state.
   * An object has the next four options, too.
   */
  to?: string | DeliveryTarget | undefined;
  /** For `to`: `PUT` (default), `POST` (default with `field`) or `PATCH`. */
  method?: string | undefined;
  /** For `to`: headers for the other system, such as its own authorization. */
  headers?: { [name: string]: string } | undefined;
  /**
   * For `to`: send a form with the file in the field of this name, as DHIS2
   * wants it.
   */
  field?: string | undefined;
  /** For `to`: the other fields of the form. They stand before the file. */
  fields?: DeliveryTarget['fields'];
  /**
   * Milliseconds to wait for an answer, or for its next piece. Default 30000.
   */
  timeout?: number | undefined;
  /** Milliseconds to wait for a connection. Default 10000. */
  connectTimeout?: number | undefined;
  /** How to repeat a failed request; `false` for never. */
  retry?: Retry | false | undefined;
};

/** Another system that a download goes to. */
export type DeliveryTarget = {
  /** Its address. */
  url: string;
  /** `PUT` (default), `POST` (default with `field`) or `PATCH`. */
  method?: string | undefined;
  /** Its headers, such as its own authorization. */
  headers?: { [name: string]: string } | undefined;
  /** Send a form with the file in the field of this name. */
  field?: string | undefined;
  /**
   * The other fields of the form, before the file: text, numbers and booleans;
   * lists and objects as JSON; `{ content, filename, type }` as a small file.
   */
  fields?:
    | { [name: string]: string | number | boolean | object | null | undefined }
    | undefined;
};

/** What a download leaves on `state.data`. */
export type Download = {
  id?: string;
  /** Base64, text, or the parsed JSON; not with `to`. */
  content?: unknown;
  mimeType?: string;
  filename: string;
  /** Bytes. */
  fileSize: number;
  /** In hexadecimal digits. */
  sha256: string;
  /** Whether the hash is the one that WhatsApp told. */
  verified: boolean;
  /** With `to`: the status that the other system answered. */
  statusCode?: number;
};

/** Options of `verifyWebhook`. */
export type VerifyOptions = {
  /**
   * The body of Meta's request exactly as it arrived. Default `state.data.raw`.
   */
  rawBody?: string | undefined;
  /** Default: the header `x-hub-signature-256`, or `state.data.signature`. */
  signature?: string | undefined;
  /**
   * The app secret, or a list of them while one is changed. Default `appSecret`
   * of the credential.
   */
  secret?: string | string[] | undefined;
};

/** Options of operations on a number. */
export type NumberOptions = AccountOptions & {
  /** Another number of the account than that of the credential. */
  phoneNumberId?: string | undefined;
};

/** Options of `requestVerificationCode`. */
export type VerificationOptions = NumberOptions & {
  /** How the code comes. Default `SMS`. */
  method?: 'SMS' | 'VOICE' | undefined;
  /** The language of the code's text. Default `en_US`. */
  language?: string | undefined;
};

/** Options of `registerPhoneNumber`. */
export type RegistrationOptions = NumberOptions & {
  /** The number's PIN for two-step verification, or a new one: six digits. */
  pin: string;
  /** The country in which messages are kept, as in `IN`. */
  dataLocalizationRegion?: string | undefined;
};

/** A number as Meta knows it, under Meta's names. */
export type PhoneNumber = {
  id: string;
  display_phone_number?: string;
  verified_name?: string;
  /** `CONNECTED` is the only one that can send. */
  status?: string;
  /** `GREEN`, `YELLOW`, `RED` or `UNKNOWN`. */
  quality_rating?: string;
  code_verification_status?: string;
  throughput?: { level?: string };
  whatsapp_business_manager_messaging_limit?: string;
  [field: string]: unknown;
};

/** The business profile, under Meta's names. */
export type BusinessProfile = {
  about?: string;
  address?: string;
  description?: string;
  email?: string;
  profile_picture_url?: string;
  websites?: string[];
  vertical?: string;
  [field: string]: unknown;
};

/** What `updateBusinessProfile` changes; what is left out stays. */
export type ProfileChanges = {
  /** At most 139 characters; it cannot be empty. */
  about?: string | undefined;
  /** At most 256 characters. */
  address?: string | undefined;
  /** At most 512 characters. */
  description?: string | undefined;
  /** At most 128 characters. */
  email?: string | undefined;
  /** Meta's word for what the organization does: `HEALTH`, `NONPROFIT`, `GOVT`, … */
  vertical?: string | undefined;
  /** At most two addresses. */
  websites?: string[] | undefined;
  /** A picture, JPEG or PNG; it is uploaded first. */
  picture?: UploadFile | undefined;
  /** Meta's handle of a picture that was uploaded already. */
  profile_picture_handle?: string | undefined;
};

/** A person on the block list. */
export type BlockedUser = {
  /** As it was given. */
  input?: string;
  /** The number as WhatsApp knows it. */
  waId?: string;
  /** The business-scoped user ID. */
  userId?: string;
};

/** A person who could not be blocked or unblocked, and why. */
export type BlockFailure = BlockedUser & {
  code: string;
  description: string;
  fix: string;
  metaCode?: number;
};

/** Options of `subscribeWebhooks`. */
export type SubscriptionOptions = AccountOptions & {
  /** Another address than that of the app; at most 200 characters. */
  callbackUrl?: string | undefined;
  /** What that address expects in Meta's handshake. Default: `verifyToken` of the credential. */
  verifyToken?: string | undefined;
};

/** An app that gets the webhooks of the account. */
export type Subscription = {
  id?: string;
  name?: string;
  link?: string;
  /** The address, when it is another one than that of the app. */
  callbackUrl?: string;
};

/** A time: ISO text (without a zone it is UTC), or a Unix time. */
export type Time = string | number;

/**
 * Options of `getAnalytics` and `listConversations`, besides `timeout` and
 * `retry`, and `limit` and `after` where there is a list. Words are Meta's;
 * which ones there are depends on the kind.
 */
export type AnalyticsOptions = PageOptions & {
  /** ISO or Unix time. Default: 30 days before the end. */
  start?: Time | undefined;
  /** ISO or Unix time. Default: now. */
  end?: Time | undefined;
  /** `DAY` (default), `HALF_HOUR` or `MONTH`; of templates, days only. */
  granularity?: string | undefined;
  /** Only these numbers. Not for templates. */
  phoneNumbers?: string | string[] | undefined;
  /** Only these countries. For messages and pricing. */
  countryCodes?: string | string[] | undefined;
  /** 0 for notifications, 2 for customer support. For messages. */
  productTypes?: number | number[] | undefined;
  /** What to count. Not for messages. */
  metricTypes?: string | string[] | undefined;
  /** What to count apart. For conversations and pricing. */
  dimensions?: string | string[] | undefined;
  /** For conversations. */
  conversationCategories?: string | string[] | undefined;
  /** For conversations. */
  conversationTypes?: string | string[] | undefined;
  /** For conversations. */
  conversationDirections?: string | string[] | undefined;
  /** For pricing. */
  pricingTypes?: string | string[] | undefined;
  /** For pricing. */
  pricingCategories?: string | string[] | undefined;
  /** Which templates, by ID. Needed for templates. */
  templateIds?: string | string[] | undefined;
};

/** A number of Meta's analytics: what was counted from `start` to `end`, under Meta's names. */
export type DataPoint = {
  /** ISO time. */
  start: string;
  /** ISO time. */
  end: string;
  [counted: string]: unknown;
};

/** Options of `listMessages`. */
export type ListMessagesOptions = PageOptions & {
  /** Only messages of this time or later. */
  since?: Time | undefined;
  /** Only the messages of the number with this ID. Default: those of every number of the gateway. */
  phoneNumberId?: string | undefined;
  /** Only what people wrote, or only what was sent to them. */
  direction?: 'inbound' | 'outbound' | undefined;
};

/** A message of a person, as `listMessages` gives it. */
export type ReceivedMessage = InboundMessage & {
  direction: 'inbound';
  /** ISO time at which the gateway got it. */
  receivedAt: string;
};

/**
 * A message to a person, as `listMessages` gives it. What was sent through the
 * API is known by its statuses, which do not say what was in it. An echo of
 * another app has the fields of a message, such as `type` and `text`.
 */
export type SentMessage = Omit<
  MessageStatus,
  'status' | 'participant' | 'raw'
> & {
  direction: 'outbound';
  /** The furthest one that came: `sent`, `delivered`, `read`, `played` or `failed`. */
  status?: string;
  /** ISO time of that status; `timestamp` is that of the message. */
  statusAt?: string;
  /** The first of `errors`. */
  error?: MetaError;
  /** Of an echo only. */
  type?: string;
  /** Of an echo only. */
  text?: string;
  /** ISO time at which the gateway first heard of it. */
  receivedAt: string;
  [name: string]: unknown;
};

/** What `getMessageStatus` leaves: the furthest status of a message, and those before it. */
export type MessageReport = {
  id: string;
  /** `sent`, `delivered`, `read`, `played` or `failed`. */
  status: string;
  /** ISO time. */
  timestamp?: string;
  /** Why it failed. */
  error?: MetaError;
  /** The oldest first. */
  history: { status: string; timestamp?: string; error?: MetaError }[];
  /** Who knew it: the gateway, or Meta's message history. */
  source: 'gateway' | 'meta';
  [name: string]: unknown;
};

// Broadcast.

/** Options of `broadcast`. */
export type BroadcastOptions = {
  /**
   * The name that an item keeps from run to run, such as `$.data.id`: it is
   * read with the item as `state.data`, everything else with the job's state.
   * It comes back in the statuses of the message. Default: a hash of recipient
   * and content.
   */
  key?: unknown;
  /**
   * What is done already: a list of keys, rows, statuses or webhooks, or an
   * earlier result, of which `sent`, `unknown`, what failed halfway and what
   * was skipped as done count. A message whose status is `failed` is sent
   * again.
   */
  skip?: unknown;
  /**
   * Messages a second from a phone number, never more in any second. Broadcasts
   * that run at the same time share it, and the lowest rate holds. Default 80,
   * what WhatsApp allows.
   */
  rate?: number | undefined;
  /** Operations at the same time. Default 40. */
  concurrency?: number | undefined;
  /** Seconds between two messages to one person. Default 6. */
  perRecipient?: number | undefined;
  /**
   * Milliseconds from the start, after which nothing more is sent. Default
   * 240000, because a run ends after 300 seconds.
   */
  deadline?: number | undefined;
  /**
   * Called with
   * `{ items, done, sent, failed, unknown, perSecond, secondsLeft, outcome, row }`
   * after each item that is sent, failed or unknown.
   */
  onProgress?: ((progress: BroadcastProgress) => unknown) | undefined;
  /** Build and check all messages, but send none: they are in `messages`. */
  dryRun?: boolean | undefined;
  /**
   * Where a number without + is dialed, as two letters such as `KE`: for all
   * messages whose own options do not say.
   */
  defaultCountry?: string | undefined;
  /**
   * First ask whether the number is ready and may write to that many people in
   * 24 hours, and fail if not.
   */
  preflight?: boolean | undefined;
};

/** What `broadcast` leaves on `state.data`. */
export type BroadcastResult = {
  sent: SentRow[];
  /** Surely not sent. */
  failed: FailedRow[];
  /** Perhaps sent: a status that carries the key settles it. */
  unknown: FailedRow[];
  /** Not sent, and not to be sent in another run as they are. */
  skipped: SkippedRow[];
  /** Items that nothing was sent of, as they came: the next run can take them. */
  remaining: unknown[];
  /** In a dry run: what would be sent. */
  messages?: DryRow[];
  summary: BroadcastSummary;
};

/** What is told of every item. */
export type BroadcastRow = {
  key: string;
  /** The recipient, as the message went out. */
  to?: string;
  messageId?: string;
  /** When its operation sent several. */
  messageIds?: string[];
};

/** An `error` is one of its operation, after the message was out. */
export type SentRow = BroadcastRow & { error?: RowError };

export type FailedRow = BroadcastRow & {
  error: RowError;
  /** The callback data of its message, when it is not the key. */
  callbackData?: string;
};

export type SkippedRow = BroadcastRow & { reason: SkipReason };

/**
 * Why an item was skipped. `NOTHING_SENT`: its operation ended without sending
 * anything. `IN_SKIP`: its key is in the option `skip`. `DUPLICATE`: its key came before in the
 * same list. `OPTED_OUT`: the person wants no messages. `ALREADY_SENT`: sent by
 * another run of the same campaign.
 */
export type SkipReason =
  'NOTHING_SENT' | 'IN_SKIP' | 'DUPLICATE' | 'OPTED_OUT' | 'ALREADY_SENT';

export type DryRow = BroadcastRow & { body: unknown };

export type RowError = {
  code: string;
  metaCode?: number;
  description: string;
  fix: string;
  /** The same message can be sent later, unchanged. */
  retryable: boolean;
};

/** Why items remain; `key` is that of the item that met it. */
export type StopReason = Omit<RowError, 'retryable'> & { key?: string };

/** Counts of a broadcast: `items` is the sum of `sent`, `failed`, `unknown`, `skipped` and `remaining`. */
export type BroadcastSummary = {
  items: number;
  sent: number;
  failed: number;
  unknown: number;
  remaining: number;
  skipped: number;
  /** How many of those skipped are duplicates. */
  duplicates: number;
  /** Milliseconds. */
  duration: number;
  /** Items sent a second. */
  perSecond: number;
  /** Milliseconds that Meta took for an answer. */
  answers: { median: number; slowest: number };
  /** Tries that were repeated because Meta had refused them, or was not reached. */
  repeated: number;
  /** How often the rate was halved. */
  slowed: number;
  /** The failures by code, the most frequent first. */
  failures: BroadcastFailure[];
  /** Why items remain. */
  stopped?: StopReason;
  dryRun?: boolean;
};

export type BroadcastFailure = {
  code: string;
  metaCode?: number;
  count: number;
  description: string;
  fix: string;
};

/** What `onProgress` is told. */
export type BroadcastProgress = {
  items: number;
  /** Items sent, failed or unknown so far. */
  done: number;
  sent: number;
  failed: number;
  unknown: number;
  /** Items done a second. */
  perSecond: number;
  secondsLeft: number;
  /** The item that was done last. */
  outcome: 'sent' | 'failed' | 'unknown';
  row: SentRow | FailedRow;
};

/** Options of `preflight`, besides `timeout` and `retry`. */
export type PreflightOptions = AccountOptions & {
  /**
   * Templates that have to be approved: names (in `en_US`), or
   * `{ name, language }`.
   */
  templates?: TemplateName | TemplateName[] | undefined;
  /** How many people are to be written to in 24 hours. */
  recipients?: number | undefined;
  /** Stop the run when a check fails. */
  required?: boolean | undefined;
};

/** What one check of `preflight` found. */
export type PreflightRow = {
  /** `token`, `number`, `reach`, `account`, `template …`, `webhook` or `gateway`. */
  check: string;
  ok: boolean;
  detail: string;
  /** What to do, when there is something to do. */
  fix?: string;
};

/** An item that OpenFn's editor completes. */
export type Entity = {
  name: string;
  type: string;
  label?: string;
  datatype?: string;
  desc?: string;
  children?: Entity[] | { [group: string]: Entity[] };
  meta?: { [name: string]: unknown };
};

/** Where `metadata` takes its lists from; by default from Meta. */
export type MetadataHelper = {
  listTemplates(): Promise<Template[]>;
  listPhoneNumbers(): Promise<PhoneNumber[]>;
};
