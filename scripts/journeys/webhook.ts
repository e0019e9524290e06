/** A text message as Meta tells it, with an ID of its own. */
export const textWebhook = (id: string) => ({
  object: 'whatsapp_business_account',
  entry: [
    {
      id: '100000000000002',
      changes: [
        {
          field: 'messages',
          value: {
            messaging_product: 'whatsapp',
            metadata: {
              display_phone_number: '15550100100',
              phone_number_id: '100000000000001',
            },
            contacts: [{ profile: { name: 'Amina' }, wa_id: '15550100123' }],
            messages: [
              {
                from: '15550100123',
                id,
                timestamp: '1795161600',
                type: 'text',
                text: { body: 'Hello' },
              },
            ],
          },
        },
      ],
    },
  ],
});
