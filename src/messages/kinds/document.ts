import { optional, text } from '../../schema/rules';
import { defineKind } from './kind';
import { caption, media } from './fields';

export const document = defineKind({
  summary:
    'A file; the phone picks its icon by the extension of the file name.',
  link: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/document-messages',
  schema: media({ filename: optional(text()), caption: caption() }),
  examples: [
    {
      id: '1376223850470843',
      filename: 'referral.pdf',
      caption: 'Bring this letter to the hospital.',
    },
    { link: 'https://clinic.example/leaflet.pdf' },
  ],
});
