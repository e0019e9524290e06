import { kind } from '../kind';
import { object, oneOf } from '../../schema/rules';
import { parts } from './parts';

export const requestContactInfo = kind({
  summary: 'Asks a person with a username for the phone number.',
  link: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids',
  schema: object({
    type: oneOf('request_contact_info'),
    ...parts(),
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
