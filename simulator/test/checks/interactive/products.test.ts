import { refuses } from '../../refusals';
import { long, wrong } from './wrong';

describe('products, calls and payments are refused for:', () => {
  const item = { product_retailer_id: 'x' };
  const shelf = (...counts: number[]) =>
    wrong('product_list', i => {
      i.action.sections = counts.map(count => ({
        title: 'Nets',
        product_items: Array(count).fill(item),
      }));
    });
  refuses([
    [
      'no catalog',
      wrong('product', i => delete i.action.catalog_id),
      131008,
      'catalog_id',
    ],
    [
      'a header on one product',
      wrong('product', i => (i.header = { type: 'text', text: 'x' })),
      100,
      '"header"',
    ],
    [
      'no header on a list',
      wrong('product_list', i => delete i.header),
      131008,
      'header',
    ],
    ['31 products', shelf(16, 15), 131009, '30'],
    ['11 sections', shelf(...Array(11).fill(1)), 131009, '1 to 10'],
    [
      'a long shelf name',
      wrong('product_list', i => (i.action.sections[0].title = long(25))),
      131009,
      '24',
    ],
    [
      'two shelves without names',
      wrong('product_list', i =>
        i.action.sections.push({ product_items: [item] }),
      ),
      131008,
      'title',
    ],
    ['an empty section', shelf(0), 131009, 'product_items'],
    [
      'an address in no country',
      wrong('address_message', i => (i.action.parameters = {})),
      131008,
      'country',
    ],
    [
      'a call of no length',
      wrong('voice_call', i => (i.action.parameters.ttl_minutes = 0)),
      131009,
      'ttl',
    ],
    [
      'an order without reference',
      wrong('order_details', i => delete i.action.parameters.reference_id),
      131008,
      'reference_id',
    ],
    [
      'an order without status',
      wrong('order_status', i => (i.action.parameters.order = {})),
      131008,
      'status',
    ],
    [
      'parameters on a place',
      wrong('location_request_message', i => (i.action.parameters = {})),
      100,
      '"parameters"',
    ],
  ]);
});
