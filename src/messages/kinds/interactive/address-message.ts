import {
  anyList,
  anyObject,
  object,
  oneOf,
  optional,
  text,
} from '../../../schema/rules';
import { defineKind } from '../kind';
import { commonFields } from '../fields';

export const addressMessage = defineKind({
  summary: 'Asks for a postal address; in India and Singapore only.',
  link: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/address-messages',
  schema: object({
    type: oneOf('address_message'),
    ...commonFields(),
    action: object({
      name: oneOf('address_message'),
      parameters: object({
        country: text(),
        values: optional(anyObject()),
        saved_addresses: optional(anyList(anyObject())),
        validation_errors: optional(anyObject()),
      }),
    }),
  }),
  examples: [
    {
      type: 'address_message',
      header: {
        type: 'document',
        document: { link: 'https://clinic.example/delivery.pdf' },
      },
      body: { text: 'Where shall we deliver the glasses?' },
      action: {
        name: 'address_message',
        parameters: {
          country: 'IN',
          values: { name: 'Asha Rao', in_pin_code: '600001' },
          saved_addresses: [{ id: '1', value: { city: 'Chennai' } }],
          validation_errors: { in_pin_code: 'We do not know this PIN code.' },
        },
      },
    },
  ],
});
