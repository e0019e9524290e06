import { refuse } from '../../core/errors';
import type { Check } from '../rules';
import { all, list, object, optional } from '../rules';
import { label, text } from '../values';
import { titled } from './list';
import { body, header, interactiveWith, named } from './parts';

const PRODUCTS = 30;

const section = object({
  title: optional(label(24)),
  product_items: list(object({ product_retailer_id: text() }), 1, PRODUCTS),
});

const fewProducts: Check = (value, at) => {
  const items = (value as { product_items: unknown[] }[]).flatMap(
    each => each.product_items,
  );
  if (items.length > PRODUCTS)
    refuse(131009, `Param ${at} must have at most ${PRODUCTS} products.`);
};

/** Sections of products, here and in a template. */
export const productSections = all(list(section, 1, 10), titled, fewProducts);

export const product = interactiveWith(
  object({ catalog_id: text(), product_retailer_id: text() }),
  { header: undefined, body: optional(body()) },
);

export const productList = interactiveWith(
  object({ catalog_id: text(), sections: productSections }),
  { header: header('text') },
);

export const catalogMessage = interactiveWith(
  named(
    'catalog_message',
    optional(object({ thumbnail_product_retailer_id: text() })),
  ),
);
