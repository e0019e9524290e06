import type { Json } from './call';

// One good interactive message of each kind. All of it is invented.

const body = { text: 'Will you come to the clinic on Monday?' };
const footer = { text: 'Clinic of the Green Valley' };
const interactive = (type: string, content: Json) => ({
  type: 'interactive',
  interactive: { type, body, ...content },
});

const page = { display_text: 'See dates', url: 'https://clinic.example/dates' };
const urlAction = { name: 'cta_url', parameters: page };
const image = (link: string) => ({ type: 'image', image: { link } });
const sections = [
  {
    title: 'Morning',
    rows: [{ id: 'a', title: '8:00', description: 'Early' }],
  },
  { title: 'Evening', rows: [{ id: 'b', title: '17:00' }] },
];
const shelf = [
  { title: 'Nets', product_items: [{ product_retailer_id: 'net-1' }] },
];
export const urlCard = (card_index: number) => ({
  card_index,
  type: 'cta_url',
  header: image('https://clinic.example/well.png'),
  body: { text: 'The well' },
  action: urlAction,
});
const productCard = (card_index: number) => ({
  card_index,
  type: 'product',
  action: { product_retailer_id: `net-${card_index}`, catalog_id: '7001' },
});
const booking = {
  flow_message_version: '3',
  flow_id: '8001',
  flow_cta: 'Book',
  flow_token: 'visit-17',
  mode: 'published',
  flow_action: 'navigate',
  flow_action_payload: { screen: 'DATES', data: { clinic: 'Green Valley' } },
};

export const INTERACTIVE: Record<string, Json> = {
  button: interactive('button', {
    header: image('https://clinic.example/well.png'),
    footer,
    action: {
      buttons: [
        { type: 'reply', reply: { id: 'yes', title: 'Yes' } },
        { type: 'reply', reply: { id: 'no', title: 'No' } },
      ],
    },
  }),
  list: interactive('list', {
    header: { type: 'text', text: 'Your visit' },
    footer,
    action: { button: 'Choose', sections },
  }),
  cta_url: interactive('cta_url', { footer, action: urlAction }),
  location_request_message: interactive('location_request_message', {
    action: { name: 'send_location' },
  }),
  flow: interactive('flow', { action: { name: 'flow', parameters: booking } }),
  address_message: interactive('address_message', {
    action: {
      name: 'address_message',
      parameters: { country: 'IN', values: { city: 'Sundarpur' } },
    },
  }),
  product: {
    type: 'interactive',
    interactive: {
      type: 'product',
      action: { catalog_id: '7001', product_retailer_id: 'net-1' },
    },
  },
  product_list: interactive('product_list', {
    header: { type: 'text', text: 'Bed nets' },
    action: { catalog_id: '7001', sections: shelf },
  }),
  catalog_message: interactive('catalog_message', {
    action: { name: 'catalog_message' },
  }),
  carousel: interactive('carousel', {
    action: { cards: [urlCard(0), urlCard(1)] },
  }),
  'carousel of products': interactive('carousel', {
    action: { cards: [productCard(0), productCard(1)] },
  }),
  voice_call: interactive('voice_call', {
    action: {
      name: 'voice_call',
      parameters: { display_text: 'Call us', ttl_minutes: 60, payload: 'x' },
    },
  }),
  call_permission_request: interactive('call_permission_request', {
    action: { name: 'call_permission_request' },
  }),
  request_contact_info: interactive('request_contact_info', {
    action: { name: 'request_contact_info' },
  }),
  order_details: interactive('order_details', {
    action: {
      name: 'review_and_pay',
      parameters: {
        reference_id: 'order-5',
        type: 'physical-goods',
        currency: 'INR',
        total_amount: { value: 21000, offset: 100 },
        payment_settings: [{ type: 'payment_gateway' }],
        order: { status: 'pending', items: [] },
      },
    },
  }),
  order_status: interactive('order_status', {
    action: {
      name: 'review_order',
      parameters: { reference_id: 'order-5', order: { status: 'shipped' } },
    },
  }),
};
