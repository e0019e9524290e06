import type { Json } from './call';

export const template = (...components: Json[]): Json => ({
  type: 'template',
  template: {
    name: 'visit_reminder',
    language: { code: 'en_US' },
    ...(components.length && { components }),
  },
});

export const body = (...parameters: Json[]) => ({ type: 'body', parameters });

export const header = (...parameters: Json[]) => ({
  type: 'header',
  parameters,
});

export const text = (value: unknown) => ({ type: 'text', text: value });

export const button = (sub_type: string, ...parameters: Json[]) => ({
  type: 'button',
  sub_type,
  index: '0',
  parameters,
});

export const action = (content: Json) => ({ type: 'action', action: content });

const shelf = [{ product_items: [{ product_retailer_id: 'net-1' }] }];
const net = { product_retailer_id: 'net-1', catalog_id: '7001' };
const card = (card_index: number) => ({
  card_index,
  components: [
    header({ type: 'image', image: { id: '9001' } }),
    body(text('Monday')),
    button('quick_reply', { type: 'payload', payload: 'monday' }),
  ],
});
const only = (type: string, content: unknown) => ({
  type,
  parameters: [{ type, [type]: content }],
});

// Good templates, each with another component. All of it is invented.
export const TEMPLATES: Record<string, Json> = {
  'nothing to fill in': template(),
  'values by position': template(
    header(text('Amina')),
    body(text('Amina'), text('3 May')),
  ),
  'values by name': template(
    body({ ...text('Amina'), parameter_name: 'mother' }),
  ),
  'money and a date': template(
    body(
      {
        type: 'currency',
        currency: { fallback_value: '100', code: 'KES', amount_1000: 100000 },
      },
      { type: 'date_time', date_time: { fallback_value: '3 May' } },
    ),
  ),
  'a picture': template(header({ type: 'image', image: { id: '9001' } })),
  'a video': template(
    header({ type: 'video', video: { link: 'https://clinic.example/v.mp4' } }),
  ),
  'a document': template(
    header({ type: 'document', document: { id: '9', filename: 'a.pdf' } }),
  ),
  'a place': template(
    header({
      type: 'location',
      location: { latitude: 1, longitude: 2, name: 'Clinic', address: 'Road' },
    }),
  ),
  'a product': template(header({ type: 'product', product: net })),
  quick_reply: template(
    button('quick_reply', { type: 'payload', payload: 'yes' }),
  ),
  'a button written as in older pages': template({
    ...button('URL', text('17')),
    index: 0,
  }),
  copy_code: template(
    button('copy_code', { type: 'coupon_code', coupon_code: 'NET25' }),
  ),
  'the button of a flow': template(
    button('flow', action({ flow_token: 't', flow_action_data: {} })),
  ),
  catalog: template(
    button('catalog', action({ thumbnail_product_retailer_id: 'net-1' })),
  ),
  mpm: template(
    button(
      'mpm',
      action({ thumbnail_product_retailer_id: 'net-1', sections: shelf }),
    ),
  ),
  'the button of a call': template(
    button(
      'voice_call',
      { type: 'ttl_minutes', ttl_minutes: 100 },
      { type: 'payload', payload: 'x' },
    ),
  ),
  'the button of an order': template(
    button('order_details', action({ order_details: {} })),
  ),
  limited_time_offer: template(
    only('limited_time_offer', { expiration_time_ms: 1893456000000 }),
  ),
  'a carousel': template({ type: 'carousel', cards: [card(0), card(1)] }),
  tap_target_configuration: template(
    only('tap_target_configuration', [
      { url: 'https://clinic.example', title: 'Clinic' },
    ]),
  ),
};
