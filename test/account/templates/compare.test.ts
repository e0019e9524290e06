import {
  arrangeOptions,
  arrangeValues,
} from '../../../src/account/templates/send-template';
import { needsOf } from '../../../src/account/templates/requirements';
import { mismatchesIn } from '../../../src/account/templates/compare-template';
import { expect } from 'chai';
import { buildContent } from '../../../src/messages/plain/template/template';
import type { TemplateOptions } from '../../../src/types';

type Part = Record<string, unknown>;

const body = (text: string) => ({ type: 'BODY', text });
const header = (format: string, text?: string) => ({
  type: 'HEADER',
  format,
  text,
});
const buttons = (...all: Part[]) => ({ type: 'BUTTONS', buttons: all });

const NAMED = 'NAMED';
const template = (components: Part[], parameter_format = 'POSITIONAL') => ({
  name: 'visit',
  language: 'en_US',
  status: 'APPROVED',
  parameter_format,
  components,
});

/** What is told of a send that a job wants to make. */
const told = (
  definition: Part,
  values: unknown,
  options: TemplateOptions = {},
) => {
  const needs = needsOf(definition);
  const { components } = buildContent(
    'visit',
    arrangeValues(values, needs),
    arrangeOptions(options, needs),
  );
  return mismatchesIn(components, needs);
};

const image = { image: { link: 'https://clinic.example/a.png' } };
const open = { type: 'URL', text: 'A', url: 'https://a.example/{{1}}' };
const closed = { type: 'URL', text: 'A', url: 'https://a.example' };
const reply = { type: 'QUICK_REPLY', text: 'A' };

const plain = template([body('The clinic is open.')]);
const one = template([body('On {{1}}.')]);
const footed = template([body('On {{1}}.'), { type: 'FOOTER', text: 'Bye' }]);
const two = template([body('On {{1}} and {{2}}, {{1}} too.')]);
const named = template([body('{{name}} on {{date}}.')], NAMED);
const pictured = template([header('IMAGE'), body('x')]);
const titled = template([header('TEXT', 'For {{1}}'), body('x')]);
const offered = template([
  body('x'),
  { type: 'limited_time_offer', limited_time_offer: { has_expiration: true } },
]);
const carousel = template([
  body('x'),
  {
    type: 'carousel',
    cards: [0, 1].map(() => ({
      components: [header('image'), body('Pay {{1}}.'), buttons(open)],
    })),
  },
]);
const card = { header: image, body: ['1'], buttons: [{ url: 'a' }] };

describe('a template and what is given for it', () => {
  const fitting: Record<string, [Part, unknown, TemplateOptions?]> = {
    'nothing for nothing': [plain, undefined],
    'a list': [two, ['a', 'b']],
    'a long value for a body alone': [one, ['x'.repeat(32768)]],
    'values that just fit beside a footer': [footed, ['x'.repeat(1024)]],
    'an object for numbers': [two, { day: 'a', time: 'b' }],
    'numbers for numbers': [two, { 2: 'b', 1: 'a' }],
    'names in any order': [named, { date: 'a', name: 'b' }],
    'numbers for names': [named, { 1: 'a', 2: 'b' }],
    'a picture': [pictured, [], { header: image }],
    'a title': [titled, [], { header: 'Amina' }],
    'a title with a name': [
      template([header('TEXT', 'For {{who}}'), body('x')], NAMED),
      {},
      { header: 'Amina' },
    ],
    'a link, and no word for the rest': [
      template([body('x'), buttons(reply, closed, open)]),
      [],
      { buttons: [null, null, { url: 'a' }] },
    ],
    'a reply with a payload': [
      template([body('x'), buttons(reply)]),
      [],
      { buttons: [{ payload: 'a' }] },
    ],
    'a one-time password': [
      template([body('{{1}} is it.'), buttons({ type: 'OTP' })]),
      ['1'],
      { buttons: [{ url: '1' }] },
    ],
    'a button that is not known': [
      template([body('x'), buttons({ type: 'NEW' })]),
      [],
      { buttons: [{ payload: 'a' }] },
    ],
    'an offer': [offered, [], { limitedTimeOffer: 1_900_000_000_000 }],
    'cards, by list or by object': [
      carousel,
      [],
      { carousel: [card, { ...card, body: { price: '2' } }] },
    ],
    'a header that is not known': [
      template([header('HOLOGRAM'), body('x')]),
      [],
      { header: image },
    ],
  };
  for (const [name, [definition, values, options]] of Object.entries(fitting)) {
    it(`fit: ${name}`, () => {
      expect(told(definition, values, options)).to.deep.equal([]);
    });
  }

  const misfits: [Part, unknown, TemplateOptions, string[]][] = [
    [plain, ['a'], {}, ['needs no values; you gave 1']],
    [two, ['a'], {}, ['needs 2 values; you gave 1']],
    [
      footed,
      ['x'.repeat(1025)],
      {},
      [
        'has other parts beside its body, so its values have at most 1024 characters in all; you gave more',
      ],
    ],
    [two, undefined, {}, ['needs 2 values; you gave none']],
    [named, { name: 'a' }, {}, ['needs name, date; you gave name']],
    [
      named,
      { name: 'a', day: 'b' },
      {},
      ['needs name, date; you gave name, day'],
    ],
    [
      named,
      { name: 'a', date: 'b', time: 'c' },
      {},
      ['needs name, date; you gave name, date, time'],
    ],
    [named, undefined, {}, ['needs name, date; you gave none']],
    [
      named,
      ['a', 'b'],
      {},
      ['needs name, date by name; you gave a list of 2 values'],
    ],
    [pictured, [], {}, ['needs an image as header; you gave none']],
    [
      pictured,
      [],
      { header: 'Amina' },
      ['needs an image as header; you gave a text'],
    ],
    [titled, [], {}, ['needs a text as header; you gave none']],
    [
      plain,
      [],
      { header: image },
      ['has no header to fill; you gave an image'],
    ],
    [
      template([body('x'), buttons(reply, open)]),
      [],
      {},
      ['needs url for buttons[1]; you gave nothing'],
    ],
    [
      template([body('x'), buttons(reply, open)]),
      [],
      { buttons: [{ url: 'a' }, { url: 'a' }] },
      ['needs payload for buttons[0]; you gave url'],
    ],
    [
      template([body('x'), buttons(closed)]),
      [],
      { buttons: [{ url: 'a' }] },
      ['needs nothing for buttons[0]; you gave url'],
    ],
    [
      plain,
      [],
      { buttons: [{ payload: 'a' }] },
      ['has no buttons; you filled buttons[0]'],
    ],
    [offered, [], {}, ['needs limitedTimeOffer; you gave none']],
    [
      plain,
      [],
      { limitedTimeOffer: 1_900_000_000_000 },
      ['has no offer that ends; you gave limitedTimeOffer'],
    ],
    [carousel, [], {}, ['needs 2 cards; you gave none']],
    [carousel, [], { carousel: [card] }, ['needs 2 cards; you gave 1']],
    [plain, [], { carousel: [card] }, ['has no cards; you gave 1']],
    [
      carousel,
      [],
      { carousel: [card, { header: image, buttons: [{ url: 'a' }] }] },
      ['needs 1 value; you gave none in carousel[1]'],
    ],
    [
      template([header('VIDEO'), body('On {{1}} then.'), buttons(open)]),
      [],
      {},
      [
        'needs 1 value; you gave none',
        'needs a video as header; you gave none',
        'needs url for buttons[0]; you gave nothing',
      ],
    ],
  ];
  for (const [definition, values, options, mismatches] of misfits) {
    it(`do not fit: ${mismatches.join(', ')}`, () => {
      expect(told(definition, values, options)).to.deep.equal(mismatches);
    });
  }

  it('may be given as Meta writes it, in capitals too', () => {
    const raw = [
      { type: 'BODY', parameters: [{ type: 'text', text: 'a' }] },
    ] as never;

    expect(told(two, undefined, { components: raw })).to.deep.equal([
      'needs 2 values; you gave 1',
    ]);
  });
});
