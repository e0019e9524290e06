import { defineKind } from './kind';
import { caption, media } from './fields';

export const video = defineKind({
  summary: 'A video, MP4 or 3GPP, with an optional caption.',
  link: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/video-messages',
  schema: media({ caption: caption() }),
  examples: [
    {
      id: '1166846181421424',
      caption: 'How to mix the oral rehydration salts.',
    },
    { link: 'https://clinic.example/handwashing.mp4' },
  ],
});
