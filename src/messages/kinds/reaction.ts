import { anyText, id, object, withRules } from '../../schema/rules';
import type { Rule } from '../../schema/rules';
import { defineKind } from './kind';

const oneEmoji: Rule = {
  summary: 'an emoji, or an empty text to take the reaction back',
  isValid: (text: string) =>
    text === '' || /\p{Extended_Pictographic}|\p{RI}|\u20e3/u.test(text),
  message: 'is not an emoji',
  fix: "Give the emoji itself, as in '👍', or '' to take the reaction back.",
};

export const reaction = defineKind({
  summary: 'An emoji on a message; an empty one takes the reaction back.',
  link: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/reaction-messages',
  schema: object({ message_id: id(), emoji: withRules(anyText(), oneEmoji) }),
  examples: [
    { message_id: 'wamid.HBgLMjU0NzAwMDAwMDAxFQIAERgSNUYA', emoji: '👍' },
    { message_id: 'wamid.HBgLMjU0NzAwMDAwMDAxFQIAERgSNUYA', emoji: '' },
  ],
  canQuote: false,
});
