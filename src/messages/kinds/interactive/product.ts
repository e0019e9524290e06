import { withoutFields } from '../../../schema/constraints';
import { id, object, oneOf, optional, withRules } from '../../../schema/rules';
import { defineKind } from '../kind';
import { commonFieldsWithoutHeader } from '../fields';

const { body, footer } = commonFieldsWithoutHeader();

export const product = defineKind({
  summary: 'One product of a catalog.',
  link: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/catalogs/share-products',
  schema: withRules(
    object({
      type: oneOf('product'),
      body: optional(body),
      footer,
      action: object({ catalog_id: id(), product_retailer_id: id() }),
    }),
    withoutFields('header'),
  ),
  examples: [
    {
      type: 'product',
      body: { text: 'The net that we spoke about.' },
      footer: { text: 'Collect it at the health center.' },
      action: { catalog_id: '194836987003835', product_retailer_id: 'net-2' },
    },
    {
      type: 'product',
      action: { catalog_id: '194836987003835', product_retailer_id: 'net-2' },
    },
  ],
});
