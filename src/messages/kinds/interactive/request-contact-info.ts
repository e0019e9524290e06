import { object, oneOf } from '../../../schema/rules';
import { defineKind } from '../kind';
import { commonFields } from '../fields';

export const requestContactInfo = defineKind({
  summary: 'Asks a person with a username for the phone number.',
  link: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids',
  schema: object({
    type: oneOf('request_contact_info'),
    ...commonFields(),
    action: object({ name: oneOf('request_contact_info') }),
  }),
  examples: [
    {
      type: 'request_contact_info',
      body: { text: 'Please share your number, so that the midwife can call.' },
      action: { name: 'request_contact_info' },
    },
  ],
});
