import { object, oneOf } from '../../../schema/rules';
import { defineKind } from '../kind';
import { commonFields, urlButtonAction } from '../fields';

export const ctaUrl = defineKind({
  summary: 'A button that opens an address.',
  link: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-cta-url-messages',
  schema: object({
    type: oneOf('cta_url'),
    ...commonFields(),
    action: urlButtonAction(),
  }),
  examples: [
    {
      type: 'cta_url',
      header: { type: 'text', text: 'Vaccination' },
      body: { text: 'The dates of this month are out.' },
      footer: { text: 'Dates may change.' },
      action: {
        name: 'cta_url',
        parameters: {
          display_text: 'See dates',
          url: 'https://clinic.example/dates',
        },
      },
    },
  ],
});
