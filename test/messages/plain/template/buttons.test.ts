import { expect } from 'chai';
import { componentsOf } from './plain';

const buttonsOf = (...buttons: unknown[]) => componentsOf(null, { buttons });

const button = (sub_type: string, ...parameters: object[]) => [
  { type: 'button', sub_type, index: '0', parameters },
];

describe('the buttons of a template', () => {
  it('open an address that ends as told', () => {
    expect(buttonsOf({ url: ' visit/12\n' })).to.deep.equal(
      button('url', { type: 'text', text: 'visit/12' }),
    );
    expect(buttonsOf({ url: 12 })).to.deep.equal(
      button('url', { type: 'text', text: '12' }),
    );
  });

  it('come back with a payload, exactly as it was written', () => {
    const payload = '{ "visit":\n 12 }';

    expect(buttonsOf({ payload })).to.deep.equal(
      button('quick_reply', { type: 'payload', payload }),
    );
    expect(buttonsOf({ payload: 12 })).to.deep.equal(
      button('quick_reply', { type: 'payload', payload: '12' }),
    );
  });

  it('copy a coupon', () => {
    expect(buttonsOf({ copy_code: 'NET2027' })).to.deep.equal(
      button('copy_code', { type: 'coupon_code', coupon_code: 'NET2027' }),
    );
  });

  for (const [name, action] of Object.entries({
    flow: { flow_token: 'birth-1', flow_action_data: { name: 'Amina' } },
    catalog: { thumbnail_product_retailer_id: 'net-1' },
    mpm: {
      thumbnail_product_retailer_id: 'net-1',
      sections: [
        { title: 'Nets', product_items: [{ product_retailer_id: 'net-1' }] },
      ],
    },
    order_details: { order_details: { reference_id: 'visit-1' } },
  })) {
    it(`act inside WhatsApp: ${name}`, () => {
      expect(buttonsOf({ [name]: action })).to.deep.equal(
        button(name, { type: 'action', action }),
      );
    });
  }

  it("take an order without Meta's object around it", () => {
    const order = { reference_id: 'visit-1' };

    expect(buttonsOf({ order_details: order })).to.deep.equal(
      button('order_details', {
        type: 'action',
        action: { order_details: order },
      }),
    );
  });

  it('call, with either of two parameters', () => {
    const minutes = { type: 'ttl_minutes', ttl_minutes: 60 };
    const payload = { type: 'payload', payload: 'nurse' };

    expect(
      buttonsOf({ voice_call: { payload: 'nurse', ttl_minutes: 60 } }),
    ).to.deep.equal(button('voice_call', minutes, payload));
    expect(buttonsOf({ voice_call: { ttl_minutes: 60 } })).to.deep.equal(
      button('voice_call', minutes),
    );
    expect(buttonsOf({ voice_call: { payload: 'nurse' } })).to.deep.equal(
      button('voice_call', payload),
    );
  });

  it('are counted with those that need nothing', () => {
    const components = buttonsOf(null, { url: 'a' }, undefined, {
      payload: 'b',
    });

    expect(
      components?.map(({ sub_type, index }) => [sub_type, index]),
    ).to.deep.equal([
      ['url', '1'],
      ['quick_reply', '3'],
    ]);
  });

  it('are left out when all of them need nothing', () => {
    expect(buttonsOf()).to.equal(undefined);
    expect(buttonsOf(null, undefined)).to.equal(undefined);
    expect(componentsOf(null, { buttons: null })).to.equal(undefined);
  });

  it('may be ten', () => {
    const ten = Array.from({ length: 10 }, () => ({ payload: 'x' }));

    expect(buttonsOf(...ten)?.at(-1)?.['index']).to.equal('9');
  });
});
