// What this package asks of Meta, as an OpenAPI document in our own words: the
// paths, and the bodies that go there. No field may stand in a body that is not here.

type Schema = Record<string, unknown>;

const text = { type: 'string', minLength: 1 };
const anyText = { type: 'string' };
const yesOrNo = { type: 'boolean' };
const whatsapp = { const: 'whatsapp' };
const number = { anyOf: [{ type: 'number' }, text] };
const anything = { type: 'object' };

const oneOf = (...values: string[]) => ({ enum: values });
const list = (items: Schema) => ({ type: 'array', items, minItems: 1 });

/** An object with these fields and no others. */
const object = (required: Schema, optional: Schema = {}): Schema => ({
  type: 'object',
  required: Object.keys(required),
  properties: { ...required, ...optional },
  additionalProperties: false,
});

const file = (...fields: string[]) => ({
  oneOf: ['id', 'link'].map(source =>
    object(
      { [source]: text },
      Object.fromEntries(fields.map(name => [name, text])),
    ),
  ),
});

const contact = object(
  { name: { ...anything, required: ['formatted_name'] } },
  {
    birthday: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\d$' },
    org: anything,
    ...Object.fromEntries(
      ['addresses', 'emails', 'phones', 'urls'].map(name => [
        name,
        list(anything),
      ]),
    ),
  },
);

const parameter = { ...anything, required: ['type'] };
const component = object(
  { type: text },
  {
    sub_type: text,
    index: number,
    parameters: list(parameter),
    cards: list(
      object({ card_index: { type: 'number' }, components: list(anything) }),
    ),
  },
);

const interactive = object(
  { type: text, action: anything },
  {
    header: parameter,
    body: object({ text }),
    footer: object({ text }),
  },
);

const CONTENTS: Record<string, Schema> = {
  text: object({ body: text }, { preview_url: yesOrNo }),
  image: file('caption'),
  audio: {
    oneOf: ['id', 'link'].map(source =>
      object({ [source]: text }, { voice: yesOrNo }),
    ),
  },
  video: file('caption'),
  document: file('caption', 'filename'),
  sticker: file(),
  location: object(
    { latitude: number, longitude: number },
    { name: text, address: text },
  ),
  contacts: list(contact),
  reaction: object({ message_id: text, emoji: anyText }),
  interactive,
  template: object(
    { name: text, language: { ...object({ code: text }, { policy: text }) } },
    { components: list(component) },
  ),
};

/** A message of one kind, to a phone number, a group or a user ID. */
const message = (type: string, content: Schema): Schema => ({
  ...object(
    { messaging_product: whatsapp, type: { const: type }, [type]: content },
    {
      to: text,
      recipient: text,
      recipient_type: oneOf('individual', 'group'),
      context: object({ message_id: text }),
      biz_opaque_callback_data: text,
    },
  ),
  oneOf: [{ required: ['to'] }, { required: ['recipient'] }],
});

const nameOf = (type: string) =>
  `${type.charAt(0).toUpperCase()}${type.slice(1)}Message`;

const schemas = {
  ...Object.fromEntries(
    Object.entries(CONTENTS).map(([type, content]) => [
      nameOf(type),
      message(type, content),
    ]),
  ),
  MarkMessageRequestPayload: object(
    {
      messaging_product: whatsapp,
      status: { const: 'read' },
      message_id: text,
    },
    { typing_indicator: object({ type: { const: 'text' } }) },
  ),
};

const json = (schema: Schema) => ({
  requestBody: { content: { 'application/json': { schema } } },
});
const form = (properties: Schema) => ({
  requestBody: {
    content: { 'multipart/form-data': { schema: { properties } } },
  },
});

const components = list({ ...anything, required: ['type'] });
const users = object({
  messaging_product: whatsapp,
  block_users: list(object({ user: text })),
});

const profile = object(
  { messaging_product: whatsapp },
  {
    ...Object.fromEntries(
      ['about', 'address', 'description', 'email', 'vertical'].map(name => [
        name,
        anyText,
      ]),
    ),
    websites: { type: 'array', items: text, maxItems: 2 },
    profile_picture_handle: text,
  },
);

const template = object(
  {
    name: { type: 'string', pattern: '^[a-z0-9_]+$' },
    language: text,
    category: oneOf('AUTHENTICATION', 'MARKETING', 'UTILITY'),
    components,
  },
  { parameter_format: oneOf('NAMED', 'POSITIONAL') },
);

const NUMBER = '/{version}/{phone-number-id}';
const ACCOUNT = '/{version}/{waba-id}';

export const openapi = {
  paths: {
    // A number, an account, a template or a media, by its ID alone.
    '/{version}/{id}': {
      get: {},
      post: json(object({ components }, { category: text })),
      delete: {},
    },
    [`${NUMBER}/messages`]: { post: {} },
    [`${NUMBER}/media`]: {
      post: form({ messaging_product: {}, file: {}, type: {} }),
    },
    [`${NUMBER}/request_code`]: {
      post: json(
        object({ code_method: oneOf('SMS', 'VOICE'), language: text }),
      ),
    },
    [`${NUMBER}/verify_code`]: { post: json(object({ code: text })) },
    [`${NUMBER}/register`]: {
      post: json(
        object(
          { messaging_product: whatsapp, pin: { pattern: '^\\d{6}$' } },
          { data_localization_region: { pattern: '^[A-Z]{2}$' } },
        ),
      ),
    },
    [`${NUMBER}/deregister`]: { post: {} },
    [`${NUMBER}/whatsapp_business_profile`]: { get: {}, post: json(profile) },
    [`${NUMBER}/block_users`]: {
      get: {},
      post: json(users),
      delete: json(users),
    },
    [`${NUMBER}/message_history`]: { get: {} },
    [`${ACCOUNT}/message_templates`]: {
      get: {},
      post: json(template),
      delete: {},
    },
    [`${ACCOUNT}/phone_numbers`]: { get: {} },
    [`${ACCOUNT}/subscribed_apps`]: {
      get: {},
      post: json(object({ override_callback_uri: text, verify_token: text })),
      delete: {},
    },
    [`${ACCOUNT}/template_analytics`]: { get: {} },
    '/{version}/{app-id}/uploads': { post: {} },
    '/{version}/debug_token': { get: {} },
    // What Meta answers is asked as it is: an upload session, the bytes of a media.
    '/{version}/upload:1': { post: {} },
    '/a-media': { get: {} },
  },
  components: { schemas },
};
