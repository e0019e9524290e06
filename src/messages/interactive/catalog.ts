import type { InteractiveContents } from '../../types';
import type { Kind } from '../kind';
import { addressMessage } from './address-message';
import { button } from './button';
import { callPermissionRequest } from './call-permission-request';
import { carousel } from './carousel';
import { catalogMessage } from './catalog-message';
import { ctaUrl } from './cta-url';
import { flow } from './flow';
import { list } from './list';
import { locationRequestMessage } from './location-request-message';
import { orderDetails } from './order-details';
import { orderStatus } from './order-status';
import { product } from './product';
import { productList } from './product-list';
import { requestContactInfo } from './request-contact-info';
import { voiceCall } from './voice-call';

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
