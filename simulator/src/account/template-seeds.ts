import type { Json } from '../checks/rules';

/** The templates that every account has: Meta's own greeting, and a reminder to try things with. */
export const SEEDS: Json[] = [
  {
    name: 'hello_world',
    language: 'en_US',
    category: 'UTILITY',
    components: [
      { type: 'HEADER', format: 'TEXT', text: 'Hello State' },
      {
        type: 'BODY',
        text: 'Welcome and congratulations! This message shows that you can send templates.',
      },
      { type: 'FOOTER', text: 'WhatsApp simulator' },
    ],
  },
  {
    name: 'vaccination_day',
    language: 'en_US',
    category: 'UTILITY',
    parameter_format: 'NAMED',
    components: [
      {
        type: 'BODY',
        text: 'Dear {{name}}, the next vaccination day is {{date}}. Please bring the card.',
        example: {
          body_text_named_params: [
            { param_name: 'name', example: 'Amina' },
            { param_name: 'date', example: '3 May' },
          ],
        },
      },
      {
        type: 'BUTTONS',
        buttons: [
          { type: 'QUICK_REPLY', text: 'We will come' },
          { type: 'QUICK_REPLY', text: 'Another day' },
        ],
      },
    ],
  },
  {
    name: 'vaccination_day',
    language: 'sw',
    category: 'UTILITY',
    components: [
      {
        type: 'BODY',
        text: 'Mpendwa {{1}}, siku ya chanjo ni {{2}}. Tafadhali leta kadi.',
        example: { body_text: [['Amina', '3 Mei']] },
      },
    ],
  },
];
