import { PRIVATE, refusesOptions } from './plain';

const refuses = (buttons: unknown, description: string, fix?: RegExp) =>
  refusesOptions({ buttons }, description, fix);

describe('the buttons of a template are refused when', () => {
  it('they are no list', () => {
    refuses(
      { url: PRIVATE },
      'buttons is an object, not a list.',
      /as in \[\{ url/,
    );
  });

  it('there are more than ten', () => {
    refuses(
      Array(11).fill({ payload: PRIVATE }),
      'buttons has 11 items; a template has at most 10 buttons.',
    );
  });

  it('one does not say what it fills', () => {
    refuses(
      [null, PRIVATE],
      'buttons[1] is text; it must be an object.',
      /\{ url: … \}.*\{ payload: … \}/,
    );
    refuses(
      [{ text: PRIVATE }],
      'buttons[0] has none of url, payload, copy_code, flow, catalog, mpm, order_details, voice_call.',
    );
    refuses(
      [{}],
      'buttons[0] has none of url, payload, copy_code, flow, catalog, mpm, order_details, voice_call.',
    );
  });

  it('one is two buttons', () => {
    refuses(
      [{ url: PRIVATE, payload: PRIVATE }],
      'buttons[0] has both url and payload.',
    );
  });

  it('one has a field too many', () => {
    refuses(
      [{ url: PRIVATE, index: 1 }],
      "buttons[0] has a field 'index' that is not known there.",
      /known are url/,
    );
    refuses(
      [{ voice_call: { ttl: 5 } }],
      "buttons[0].voice_call has a field 'ttl' that is not known there.",
    );
  });

  it('what fills one is missing or empty', () => {
    refuses([{ url: undefined }], 'buttons[0].url is missing.');
    refuses([{ url: null }], 'buttons[0].url is missing.');
    refuses([{ url: ' ' }], 'buttons[0].url is empty, which WhatsApp refuses.');
    refuses([{ payload: '' }], 'buttons[0].payload is empty.');
    refuses(
      [{ payload: true }],
      'buttons[0].payload is true or false, not text.',
    );
    refuses([{ flow: undefined }], 'buttons[0].flow is missing.');
    refuses(
      [{ order_details: null }],
      'buttons[0].order_details is null; it must be an object.',
    );
  });

  it('what fills one is too long', () => {
    refuses(
      [{ copy_code: PRIVATE + 'x'.repeat(15) }],
      'buttons[0].copy_code has 21 characters; at most 20 are allowed.',
    );
    refuses(
      [{ url: 'x'.repeat(2001) }],
      'buttons[0].url has 2001 characters; at most 2000 are allowed.',
    );
  });

  it('an action is mere text', () => {
    for (const name of ['flow', 'catalog', 'mpm']) {
      refuses(
        [{ [name]: PRIVATE }],
        `buttons[0].${name} is text; it must be an object.`,
      );
    }
  });

  it('several products have no sections, or too many', () => {
    const section = (count: number) => ({
      title: 'Nets',
      product_items: Array(count).fill({ product_retailer_id: PRIVATE }),
    });

    refuses(
      [{ mpm: { thumbnail_product_retailer_id: PRIVATE } }],
      'buttons[0] shows several products, but has no sections.',
      /product_items/,
    );
    refuses(
      [{ mpm: { sections: [section(20), section(11)] } }],
      'buttons[0].mpm.sections has more than 30 products in all, which is the maximum.',
    );
    refuses(
      [{ mpm: { sections: [{ ...section(1), title: PRIVATE.repeat(5) }] } }],
      'buttons[0].mpm.sections[0].title has 30 characters; at most 24 are allowed.',
    );
  });

  it('a call has no parameter, or one out of range', () => {
    refuses(
      [{ voice_call: {} }],
      'buttons[0].voice_call has neither ttl_minutes nor payload.',
      /null/,
    );
    refuses(
      [{ voice_call: { ttl_minutes: 0 } }],
      'buttons[0].voice_call.ttl_minutes is not a whole number from 1 to 43200.',
    );
  });
});
