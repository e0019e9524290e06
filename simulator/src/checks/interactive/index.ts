import { byField } from '../rules';
import { button, ctaUrl } from './buttons';
import { carousel } from './carousel';
import { flow } from './flow';
import { list } from './list';
import { catalogMessage, product, productList } from './products';
import {
  addressMessage,
  callPermission,
  contactRequest,
  locationRequest,
  orderDetails,
  orderStatus,
  voiceCall,
} from './requests';

export const interactive = byField('type', {
  button,
  list,
  cta_url: ctaUrl,
  location_request_message: locationRequest,
  flow,
  address_message: addressMessage,
  product,
  product_list: productList,
  catalog_message: catalogMessage,
  carousel,
  voice_call: voiceCall,
  call_permission_request: callPermission,
  request_contact_info: contactRequest,
  order_details: orderDetails,
  order_status: orderStatus,
});
