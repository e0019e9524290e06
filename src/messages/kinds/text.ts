import { boolean, object, optional, text as words } from '../../schema/rules';
import { defineKind } from './kind';
import { LIMITS } from './limits';

export const text = defineKind({
  summary: 'Text, with an optional preview of its first link.',
  link: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/text-messages',
  schema: object({
    body: words(LIMITS.text),
    preview_url: optional(boolean()),
  }),
  examples: [
    { body: 'Your visit is tomorrow at 9.' },
    { body: 'How to find us: https://clinic.example/way', preview_url: true },
  ],
});
