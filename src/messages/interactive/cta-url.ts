import { kind } from '../kind';
import { object, oneOf } from '../../schema/rules';
import { parts, urlButtonAction } from './parts';

export const ctaUrl = kind({
  summary: 'A button that opens an address.',
  link: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-cta-url-messages',
  schema: object({
    type: oneOf('cta_url'),
    ...parts(),
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
