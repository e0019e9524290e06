import { object, oneOf } from '../../../schema/rules';
import { defineKind } from '../kind';
import { commonFields } from '../fields';

export const locationRequestMessage = defineKind({
  summary: 'A button to send back where one is.',
  link: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/location-request-messages',
  schema: object({
    type: oneOf('location_request_message'),
    ...commonFields(),
    action: object({ name: oneOf('send_location') }),
  }),
  examples: [
    {
      type: 'location_request_message',
      body: { text: 'Where shall the ambulance come?' },
      action: { name: 'send_location' },
    },
  ],
});
