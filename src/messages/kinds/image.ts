import { defineKind } from './kind';
import { caption, media } from './fields';

export const image = defineKind({
  summary: 'A picture, JPEG or PNG, with an optional caption.',
  link: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/image-messages',
  schema: media({ caption: caption() }),
  examples: [
    { id: '1037543291543636', caption: 'The way to the clinic.' },
    { link: 'https://clinic.example/map.png' },
  ],
});
