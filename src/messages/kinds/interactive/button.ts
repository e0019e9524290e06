import { unique } from '../../../schema/constraints';
import { list, object, oneOf, withRules } from '../../../schema/rules';
import { defineKind } from '../kind';
import { LIMITS } from '../limits';
import { choiceId, commonFields, label } from '../fields';

const { count, id, title } = LIMITS.replyButtons;

type Button = { reply: { id: string; title: string } };

const replyButton = object({
  type: oneOf('reply'),
  // The title first: in plain buttons the ID may be made of it.
  reply: object({ title: label(title), id: choiceId(id) }),
});

export const button = defineKind({
  summary: 'One to three buttons to reply with.',
  link: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-reply-buttons-messages',
  schema: object({
    type: oneOf('button'),
    ...commonFields(),
    action: object({
      buttons: withRules(
        list(replyButton, 1, count),
        unique('title', (button: Button) => button.reply.title),
        unique('id', (button: Button) => button.reply.id),
      ),
    }),
  }),
  examples: [
    {
      type: 'button',
      body: { text: 'Will you come to the clinic tomorrow?' },
      action: {
        buttons: [
          { type: 'reply', reply: { id: 'yes', title: 'Yes' } },
          { type: 'reply', reply: { id: 'no', title: 'No' } },
        ],
      },
    },
    {
      type: 'button',
      header: { type: 'image', image: { id: '2762702990552401' } },
      body: { text: 'Is this your prescription?' },
      footer: { text: 'Health center, River Road' },
      action: {
        buttons: [{ type: 'reply', reply: { id: 'rx-yes', title: 'It is' } }],
      },
    },
    {
      type: 'button',
      header: {
        type: 'video',
        video: { link: 'https://clinic.example/handwashing.mp4' },
      },
      body: { text: 'Have you watched it?' },
      action: {
        buttons: [{ type: 'reply', reply: { id: 'seen', title: 'Yes' } }],
      },
    },
    {
      type: 'button',
      header: {
        type: 'document',
        document: { id: '1376223850470843', filename: 'referral.pdf' },
      },
      body: { text: 'Can you open the letter?' },
      action: {
        buttons: [{ type: 'reply', reply: { id: 'open', title: 'Yes' } }],
      },
    },
    {
      type: 'button',
      header: { type: 'text', text: 'Visit' },
      body: { text: 'Shall we call you?' },
      action: {
        buttons: [{ type: 'reply', reply: { id: 'call', title: 'Please' } }],
      },
    },
  ],
});
