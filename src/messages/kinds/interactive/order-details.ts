import {
  anyList,
  anyObject,
  object,
  oneOf,
  optional,
  text,
  wholeNumber,
} from '../../../schema/rules';
import { defineKind } from '../kind';
import { LIMITS } from '../limits';
import { commonFields } from '../fields';

export const orderDetails = defineKind({
  summary: 'An order to pay; in countries where WhatsApp has payments.',
  link: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/payments/payments-br/orders',
  schema: object({
    type: oneOf('order_details'),
    ...commonFields(),
    action: object({
      name: oneOf('review_and_pay'),
      parameters: object({
        reference_id: text(LIMITS.orderReference),
        type: text(),
        currency: text(),
        total_amount: object({ value: wholeNumber(0), offset: wholeNumber(1) }),
        payment_settings: optional(anyList(anyObject())),
        order: optional(anyObject()),
      }),
    }),
  }),
  examples: [
    {
      type: 'order_details',
      body: { text: 'The fee of your visit.' },
      action: {
        name: 'review_and_pay',
        parameters: {
          reference_id: 'visit-2027-05-03',
          type: 'digital-goods',
          currency: 'INR',
          total_amount: { value: 21000, offset: 100 },
          payment_settings: [
            {
              type: 'payment_gateway',
              payment_gateway: { type: 'upi', configuration_name: 'clinic' },
            },
          ],
          order: {
            status: 'pending',
            items: [
              {
                retailer_id: 'visit',
                name: 'Visit',
                amount: { value: 21000, offset: 100 },
                quantity: 1,
              },
            ],
            subtotal: { value: 21000, offset: 100 },
          },
        },
      },
    },
  ],
});
