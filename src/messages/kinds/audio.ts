import { kind } from '../kind';
import { optional, ruled, yesOrNo } from '../rules';
import { media, noCaption } from './media';

export const audio = kind({
  summary: 'A sound, or a voice message when it is Ogg with Opus.',
  link: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/audio-messages',
  schema: ruled(media({ voice: optional(yesOrNo()) }), noCaption),
  examples: [
    { id: '1013859600285441', voice: true },
    { link: 'https://clinic.example/radio-spot.mp3' },
  ],
});
