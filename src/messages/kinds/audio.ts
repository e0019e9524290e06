import { boolean, optional, withRules } from '../../schema/rules';
import { defineKind } from './kind';
import { media, noCaption } from './fields';

export const audio = defineKind({
  summary: 'A sound, or a voice message when it is Ogg with Opus.',
  link: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/audio-messages',
  schema: withRules(media({ voice: optional(boolean()) }), noCaption),
  examples: [
    { id: '1013859600285441', voice: true },
    { link: 'https://clinic.example/radio-spot.mp3' },
  ],
});
