import { maxInAll, titledSections } from '../../../schema/constraints';
import {
  id,
  list,
  object,
  oneOf,
  optional,
  withRules,
} from '../../../schema/rules';
import { defineKind } from '../kind';
import { LIMITS } from '../limits';
import { commonFieldsWithoutHeader, label, textHeader } from '../fields';

const { products, sections, sectionTitle } = LIMITS.productList;

const section = object({
  title: optional(label(sectionTitle)),
  product_items: list(object({ product_retailer_id: id() }), 1, products),
});

export const productList = defineKind({
  summary: 'Several products of a catalog, in sections.',
  link: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/catalogs/share-products',
  schema: object({
    type: oneOf('product_list'),
    header: textHeader(),
    ...commonFieldsWithoutHeader(),
    action: object({
      catalog_id: id(),
      sections: withRules(
        list(section, 1, sections),
        titledSections,
        maxInAll('product_items', 'products', products),
      ),
    }),
  }),
  examples: [
    {
      type: 'product_list',
      header: { type: 'text', text: 'For the newborn' },
      body: { text: 'What do you still need?' },
      footer: { text: 'Collect it at the health center.' },
      action: {
        catalog_id: '194836987003835',
        sections: [
          {
            title: 'For sleeping',
            product_items: [{ product_retailer_id: 'net-1' }],
          },
          {
            title: 'For washing',
            product_items: [{ product_retailer_id: 'soap-1' }],
          },
        ],
      },
    },
  ],
});
