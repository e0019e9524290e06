import { withRules } from '../../schema/rules';
import { defineKind } from './kind';
import { media, noCaption } from './fields';

export const sticker = defineKind({
  summary: 'A sticker: WebP, still or animated.',
  link: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/sticker-messages',
  schema: withRules(media({}), noCaption),
  examples: [
    { id: '1037543291543636' },
    { link: 'https://clinic.example/thank-you.webp' },
  ],
});
