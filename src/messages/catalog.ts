import type * as v from 'valibot';
import { openVariant } from '../schema/rules';
import type { InteractiveContents, MessageContents } from '../types';
import { audio } from './kinds/audio';
import { contacts } from './kinds/contacts';
import { document } from './kinds/document';
import { image } from './kinds/image';
import { defineKind } from './kinds/kind';
import type { Kind } from './kinds/kind';
import { location } from './kinds/location';
import { pin } from './kinds/pin';
import { reaction } from './kinds/reaction';
import { sticker } from './kinds/sticker';
import { template } from './kinds/template';
import { text } from './kinds/text';
import { video } from './kinds/video';
import { addressMessage } from './kinds/interactive/address-message';
import { button } from './kinds/interactive/button';
import { callPermissionRequest } from './kinds/interactive/call-permission-request';
import { carousel } from './kinds/interactive/carousel';
import { catalogMessage } from './kinds/interactive/catalog-message';
import { ctaUrl } from './kinds/interactive/cta-url';
import { flow } from './kinds/interactive/flow';
import { list } from './kinds/interactive/list';
import { locationRequestMessage } from './kinds/interactive/location-request-message';
import { orderDetails } from './kinds/interactive/order-details';
import { orderStatus } from './kinds/interactive/order-status';
import { product } from './kinds/interactive/product';
import { productList } from './kinds/interactive/product-list';
import { requestContactInfo } from './kinds/interactive/request-contact-info';
import { voiceCall } from './kinds/interactive/voice-call';

/** Every type of interactive message that we know. */
export const interactiveCatalog = {
  button,
  list,
  cta_url: ctaUrl,
  location_request_message: locationRequestMessage,
  flow,
  address_message: addressMessage,
  product,
  product_list: productList,
  catalog_message: catalogMessage,
  carousel,
  voice_call: voiceCall,
  call_permission_request: callPermissionRequest,
  request_contact_info: requestContactInfo,
  order_details: orderDetails,
  order_status: orderStatus,
} satisfies { [Type in keyof InteractiveContents]: Kind };

type Schemas = {
  [
    Type in keyof typeof interactiveCatalog
  ]: (typeof interactiveCatalog)[Type]['schema'];
};
type Content = v.InferInput<Schemas[keyof Schemas]>;

const entries = Object.entries(interactiveCatalog);
const schemas = Object.fromEntries(
  entries.map(([type, { schema }]) => [type, schema]),
) as Schemas;
const [first, ...others] = entries.flatMap<Content>(([, { examples }]) => [
  ...examples,
]);

const interactive = defineKind({
  summary:
    'Buttons, lists, forms and the like; its own type says which. A type that Meta adds later passes through.',
  link: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages',
  schema: openVariant(schemas),
  examples: [first as Content, ...others],
});

/** Every kind of message that can be sent. Checks, types, documentation and tests follow it. */
export const catalog = {
  text,
  image,
  audio,
  video,
  document,
  sticker,
  location,
  contacts,
  reaction,
  interactive,
  template,
  pin,
} satisfies { [K in keyof MessageContents]: Kind };

// The public types are written out, so that an editor can load them alone; the
// schemas are what is checked. Here the compiler proves that both say the same.

/** A type without what "others pass through" adds to it. */
type KnownFields<T> = T extends readonly (infer Item)[]
  ? KnownFields<Item>[]
  : T extends object
    ? {
        [K in keyof T as string extends K ? never : K]: KnownFields<T[K]>;
      }
    : T;

type IsSame<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2
    ? true
    : false;

type ContentOf<K extends Kind> = v.InferInput<K['schema']>;

/** The names under which public types and schemas differ. */
type Mismatches<
  Contents,
  Catalog extends { [Name in keyof Contents]: Kind },
> = {
  [Name in keyof Contents]: IsSame<
    KnownFields<Contents[Name]>,
    KnownFields<ContentOf<Catalog[Name]>>
  > extends true
    ? never
    : Name;
}[keyof Contents];

type None<Names extends never> = Names;

// An error in one of these lines names the kind whose type and schema differ.
export type MessageMismatches = None<
  Mismatches<MessageContents, typeof catalog>
>;
export type InteractiveMismatches = None<
  Mismatches<InteractiveContents, typeof interactiveCatalog>
>;
