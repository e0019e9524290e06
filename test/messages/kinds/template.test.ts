import { check } from '../../../src/schema/check';
import { expect } from 'chai';
import { template } from '../../../src/messages/kinds/template';
import { buildMessage } from '../../../src/messages/message';
import { PRIVATE, TO, refuses } from '../plain/template/plain';

const contentOf = (...components: unknown[]) => ({
  name: 'visit',
  language: { code: 'en_US' },
  components,
});

const takes = (...components: unknown[]) =>
  check(template.schema, contentOf(...components), 'template');

const button = (sub_type: string, ...parameters: unknown[]) => ({
  type: 'button',
  sub_type,
  index: '0',
  parameters,
});

/** As Meta's pages have it, with every component that we know. */
const WHOLE = [
  {
    type: 'header',
    parameters: [{ type: 'location', location: { latitude: 1, longitude: 2 } }],
  },
  {
    type: 'body',
    parameters: [{ type: 'text', parameter_name: 'name', text: 'Amina' }],
  },
  {
    type: 'limited_time_offer',
    parameters: [
      {
        type: 'limited_time_offer',
        limited_time_offer: { expiration_time_ms: 1209600000 },
      },
    ],
  },
  {
    type: 'tap_target_configuration',
    parameters: [
      {
        type: 'tap_target_configuration',
        tap_target_configuration: [
          { url: 'https://clinic.example/', title: 'The clinic' },
        ],
      },
    ],
  },
  button('url', { type: 'text', text: 'a  b' }),
  { ...button('CATALOG', { type: 'new', new: 1 }), index: 9 },
];

describe('the message kind template', () => {
  it('goes out as it is written', () => {
    const message = { template: contentOf(...WHOLE) };

    expect(buildMessage(TO, message, {}).body['template']).to.deep.equal(
      message.template,
    );
  });

  const refusesComponent = (
    component: unknown,
    description: string,
    fix?: RegExp,
  ) =>
    refuses(
      () => takes(component),
      `template.components[0]${description}`,
      fix,
      'INVALID_MESSAGE',
    );

  it('refuses text that is not on one line', () => {
    for (const text of [`${PRIVATE}\n`, 'a\tb', 'a     b', 'a\u2028b']) {
      refusesComponent(
        { type: 'body', parameters: [{ type: 'text', text }] },
        '.parameters[0].text has a line break, a tab or more than 4 spaces in a row, which WhatsApp refuses.',
        /sendTemplate/,
      );
    }
    takes({ type: 'body', parameters: [{ type: 'text', text: 'a    b' }] });
  });

  it('refuses a header with two parameters', () => {
    const text = { type: 'text', text: PRIVATE };

    refusesComponent(
      { type: 'header', parameters: [text, text] },
      '.parameters has several parameters; a header has one.',
    );
  });

  it('refuses a body that is too long in all', () => {
    const text = { type: 'text', text: PRIVATE.repeat(3000) };

    refusesComponent(
      { type: 'body', parameters: [text, text] },
      '.parameters has more than 32768 characters in all, which is the maximum.',
    );
  });

  it('takes a long body alone, and not beside other components', () => {
    const text = { type: 'text', text: 'x'.repeat(1025) };
    const body = { type: 'body', parameters: [text] };
    takes(body);

    refuses(
      () => takes({ type: 'header' }, body),
      'template.components has other components, and a body of more than 1024 characters.',
      'Shorten the values.',
      'INVALID_MESSAGE',
    );
  });

  it('refuses a long body beside an offer', () => {
    const text = { type: 'text', text: 'x'.repeat(601) };

    refuses(
      () =>
        takes(
          { type: 'limited_time_offer' },
          { type: 'body', parameters: [text] },
        ),
      'template.components has a limited-time offer, and a body of more than 600 characters.',
      'Shorten the values.',
      'INVALID_MESSAGE',
    );
  });

  it('refuses a button at a position that is none', () => {
    for (const index of [10, -1, 0.5, '10', '', 'x']) {
      refusesComponent(
        { ...button('url'), index },
        '.index is not the position of a button, 0 to 9.',
      );
    }
  });

  it('refuses a parameter of another button', () => {
    refusesComponent(
      button('url', { type: 'payload', payload: PRIVATE }),
      ' has a parameter that belongs to another sub_type of button.',
    );
    refusesComponent(
      button('quick_reply', { type: 'coupon_code', coupon_code: PRIVATE }),
      ' has a parameter that belongs to another sub_type of button.',
    );
  });

  it('refuses several products without sections', () => {
    refusesComponent(
      button('mpm', { type: 'action', action: {} }),
      ' shows several products, but has no sections.',
    );
  });
});
