import { id, object, oneOf, optional, wholeNumber } from '../../schema/rules';
import { defineKind } from './kind';

export const pin = defineKind({
  summary: 'Pins a message to the top of a group, or takes it down.',
  link: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/groups/groups-messaging',
  schema: object({
    type: oneOf('pin', 'unpin'),
    message_id: id(),
    expiration_days: optional(wholeNumber(1)),
  }),
  examples: [
    {
      type: 'pin',
      message_id: 'wamid.HBgLMjU0NzAwMDAwMDAxFQIAERgSNUYA',
      expiration_days: 7,
    },
    {
      type: 'unpin',
      message_id: 'wamid.HBgLMjU0NzAwMDAwMDAxFQIAERgSNUYA',
    },
  ],
  isForGroups: true,
});
