import { id, object, oneOf, optional } from '../../../schema/rules';
import { defineKind } from '../kind';
import { commonFieldsWithoutHeader } from '../fields';

export const catalogMessage = defineKind({
  summary: 'A button that opens the whole catalog.',
  link: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/catalogs/share-products',
  schema: object({
    type: oneOf('catalog_message'),
    ...commonFieldsWithoutHeader(),
    action: object({
      name: oneOf('catalog_message'),
      parameters: optional(
        object({ thumbnail_product_retailer_id: optional(id()) }),
      ),
    }),
  }),
  examples: [
    {
      type: 'catalog_message',
      body: { text: 'All that our pharmacy has.' },
      footer: { text: 'Prices include taxes.' },
      action: {
        name: 'catalog_message',
        parameters: { thumbnail_product_retailer_id: 'net-1' },
      },
    },
  ],
});
