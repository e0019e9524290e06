import type * as v from 'valibot';
import { openVariant } from '../../schema/rules';
import type { InteractiveContents } from '../../types';
import { addressMessage } from './interactive/address-message';
import { button } from './interactive/button';
import { callPermissionRequest } from './interactive/call-permission-request';
import { carousel } from './interactive/carousel';
import { catalogMessage } from './interactive/catalog-message';
import { ctaUrl } from './interactive/cta-url';
import { flow } from './interactive/flow';
import { list } from './interactive/list';
import { locationRequestMessage } from './interactive/location-request-message';
import { orderDetails } from './interactive/order-details';
import { orderStatus } from './interactive/order-status';
import { product } from './interactive/product';
import { productList } from './interactive/product-list';
import { requestContactInfo } from './interactive/request-contact-info';
import { voiceCall } from './interactive/voice-call';
import { defineKind } from './kind';
import type { Kind } from './kind';

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

type Catalog = typeof interactiveCatalog;
type Schemas = { [Type in keyof Catalog]: Catalog[Type]['schema'] };
type Content = v.InferInput<Schemas[keyof Schemas]>;

const entries = Object.entries(interactiveCatalog);
const schemas = Object.fromEntries(
  entries.map(([type, { schema }]) => [type, schema]),
) as Schemas;
const [first, ...others] = entries.flatMap<Content>(([, { examples }]) => [
  ...examples,
]);

export const interactive = defineKind({
  summary:
    'Buttons, lists, forms and the like; its own type says which. A type that Meta adds later passes through.',
  link: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages',
  schema: openVariant(schemas),
  examples: [first as Content, ...others],
});
