import { object, oneOf, optional, text } from '../../../schema/rules';
import { defineKind } from '../kind';
import { commonFields } from '../fields';

export const orderStatus = defineKind({
  summary: 'How it stands with an order that was sent before.',
  link: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/payments/payments-br/orders',
  schema: object({
    type: oneOf('order_status'),
    ...commonFields(),
    action: object({
      name: oneOf('review_order'),
      parameters: object({
        reference_id: text(),
        order: optional(
          object({ status: text(), description: optional(text()) }),
        ),
      }),
    }),
  }),
  examples: [
    {
      type: 'order_status',
      body: { text: 'We have received the fee of your visit.' },
      action: {
        name: 'review_order',
        parameters: {
          reference_id: 'visit-2027-05-03',
          order: { status: 'completed', description: 'Paid in full' },
        },
      },
    },
  ],
});
