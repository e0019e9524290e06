import type { MessageContents } from '../../../types';

type Template = MessageContents['template'];

export const examples: [Template, ...Template[]] = [
  {
    name: 'visit_reminder',
    language: { code: 'en_US' },
    components: [
      {
        type: 'body',
        parameters: [
          { type: 'text', text: 'Amina' },
          { type: 'date_time', date_time: { fallback_value: '3 May 2027' } },
        ],
      },
      {
        type: 'button',
        sub_type: 'quick_reply',
        index: '0',
        parameters: [{ type: 'payload', payload: 'visit-2027-05-03' }],
      },
    ],
  },
  {
    name: 'referral_letter',
    language: { code: 'sw', policy: 'deterministic' },
    components: [
      {
        type: 'header',
        parameters: [
          {
            type: 'document',
            document: { id: '1376223850470843', filename: 'referral.pdf' },
          },
        ],
      },
      {
        type: 'body',
        parameters: [{ type: 'text', parameter_name: 'name', text: 'Moussa' }],
      },
    ],
  },
  {
    name: 'free_nets',
    language: { code: 'en_US' },
    components: [
      {
        type: 'header',
        parameters: [
          {
            type: 'image',
            image: { link: 'https://clinic.example/net.png' },
          },
        ],
      },
      {
        type: 'limited_time_offer',
        parameters: [
          {
            type: 'limited_time_offer',
            limited_time_offer: { expiration_time_ms: 1809648000000 },
          },
        ],
      },
      {
        type: 'button',
        sub_type: 'copy_code',
        index: '0',
        parameters: [{ type: 'coupon_code', coupon_code: 'NET2027' }],
      },
      {
        type: 'button',
        sub_type: 'url',
        index: '1',
        parameters: [{ type: 'text', text: 'nets?to=254' }],
      },
    ],
  },
  {
    name: 'clean_water',
    language: { code: 'en_US' },
    components: [
      {
        type: 'carousel',
        cards: [
          {
            card_index: 0,
            components: [
              {
                type: 'header',
                parameters: [
                  { type: 'image', image: { id: '1037543291543636' } },
                ],
              },
              {
                type: 'body',
                parameters: [{ type: 'text', text: 'Boil it' }],
              },
            ],
          },
          {
            card_index: 1,
            components: [
              {
                type: 'header',
                parameters: [
                  { type: 'image', image: { id: '1037543291543637' } },
                ],
              },
              {
                type: 'body',
                parameters: [{ type: 'text', text: 'Filter it' }],
              },
            ],
          },
        ],
      },
    ],
  },
  { name: 'hello_world', language: { code: 'en_US' } },
];
