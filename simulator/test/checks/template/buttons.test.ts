import { but, refuses } from '../../refusals';
import { action, button, template, text } from '../../templates';

const long = (length: number) => 'é'.repeat(length);

describe('the buttons of a template are refused for:', () => {
  const without = (key: string) =>
    but(button('url', text('1')), copy => delete copy[key]);
  const code = { type: 'coupon_code', coupon_code: long(21) };
  refuses([
    ['no sub_type', template(without('sub_type')), 131008, 'sub_type'],
    [
      'three values of a call',
      template(
        button(
          'voice_call',
          ...Array(3).fill({ type: 'payload', payload: 'x' }),
        ),
      ),
      132000,
      '1 to 2',
    ],
    [
      'a call of no length',
      template(button('voice_call', { type: 'ttl_minutes', ttl_minutes: 0 })),
      131009,
      'ttl_minutes',
    ],
    ['no value', template(button('url')), 132000, '1 items'],
    ['no index', template(without('index')), 131008, 'index'],
    ['no parameters', template(without('parameters')), 131008, 'parameters'],
    ['an unknown sub_type', template(button('dial')), 131009, 'sub_type'],
    [
      'an index beyond 9',
      template({ ...button('url', text('1')), index: 10 }),
      131009,
      'index',
    ],
    [
      'two values',
      template(button('url', text('1'), text('2'))),
      132000,
      '1 items',
    ],
    [
      'a coupon on a quick reply',
      template(
        button('quick_reply', { type: 'coupon_code', coupon_code: 'X' }),
      ),
      132012,
      'type',
    ],
    [
      'a payload on a URL',
      template(button('url', { type: 'payload', payload: 'x' })),
      132012,
      'type',
    ],
    ['a long code', template(button('copy_code', code)), 132005, '20'],
    [
      'a catalog without picture',
      template(button('catalog', action({}))),
      131008,
      'thumbnail',
    ],
    [
      'products on no shelf',
      template(button('mpm', action({ thumbnail_product_retailer_id: 'x' }))),
      131008,
      'sections',
    ],
  ]);
});
