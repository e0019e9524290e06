import {
  readChanges,
  readDefinition,
} from '../../../src/account/templates/change-templates';
import { expect } from 'chai';
import { readRequests } from '../../reference';
import { throws } from '../../rejects';

type Part = Record<string, unknown>;

const words = (count: number) => 'x'.repeat(count);

const bodyText = (text: string, example?: object) => ({
  type: 'BODY',
  text,
  ...(example && { example }),
});

const define = (components: Part[], more: object = {}) => ({
  name: 'notice',
  language: 'en_US',
  category: 'UTILITY',
  components,
  ...more,
});

const withButtons = (...buttons: Part[]) =>
  define([bodyText('The clinic is open.'), { type: 'BUTTONS', buttons }]);

const withHeader = (header: Part) =>
  define([{ type: 'HEADER', ...header }, bodyText('The clinic is open.')]);

const quick = (text = 'Yes') => ({ type: 'QUICK_REPLY', text });
const link = (more: object = {}) => ({
  type: 'URL',
  text: 'See dates',
  url: 'https://clinic.example/dates',
  ...more,
});

const card = (more: Part[] = []) => ({ components: [bodyText('A'), ...more] });

describe('the definition of a template', () => {
  const taken: Record<string, object> = {
    'with a body alone': define([bodyText('The clinic is open.')]),
    'with numbered variables': define([
      bodyText('Dear {{1}}, see you on {{2}}.', {
        body_text: [['Amina', '3 May']],
      }),
    ]),
    'with named variables in body and header': define([
      {
        type: 'header',
        format: 'text',
        text: 'For {{name}}',
        example: {
          header_text_named_params: [{ param_name: 'name', example: 'Amina' }],
        },
      },
      bodyText('Dear {{name}}, come.', {
        body_text_named_params: [{ param_name: 'name', example: 'Amina' }],
      }),
    ]),
    'with everything at its limit': define([
      { type: 'HEADER', format: 'TEXT', text: words(60) },
      bodyText(words(1024)),
      { type: 'FOOTER', text: words(60) },
      {
        type: 'BUTTONS',
        buttons: [
          ...Array.from({ length: 6 }, () => quick(words(25))),
          link(),
          link({
            url: 'https://a.example/{{1}}',
            example: ['https://a.example/b'],
          }),
          { type: 'PHONE_NUMBER', text: 'Call', phone_number: '+15550100123' },
          { type: 'COPY_CODE', example: words(20) },
        ],
      },
    ]),
    'for one-time passwords, whose texts Meta writes': define(
      [
        { type: 'BODY', add_security_recommendation: true },
        { type: 'FOOTER', code_expiration_minutes: 90 },
        { type: 'BUTTONS', buttons: [{ type: 'OTP', otp_type: 'COPY_CODE' }] },
      ],
      { category: 'authentication', message_send_ttl_seconds: 60 },
    ),
    'with the handle of an uploaded sample': withHeader({
      format: 'IMAGE',
      example: { header_handle: ['4::aW'] },
    }),
    'with a location': withHeader({ format: 'LOCATION' }),
    'with cards': define([
      bodyText('See'),
      { type: 'CAROUSEL', cards: [card(), card()] },
    ]),
    'with parts that are not known': define([
      bodyText('See'),
      { type: 'CALL_PERMISSION_REQUEST' },
      { type: 'BUTTONS', buttons: [{ type: 'NEW_ONE' }] },
    ]),
    "from Meta's library": {
      name: 'notice',
      language: 'en_US',
      category: 'UTILITY',
      library_template_name: 'delivery_update_1',
    },
  };
  for (const [name, definition] of Object.entries(taken)) {
    it(`is taken ${name}`, () => {
      expect(() => readDefinition(definition)).not.to.throw();
    });
  }

  it('says that variables have names, and writes the category in capitals', () => {
    const read = readDefinition(
      define(
        [
          bodyText('Dear {{name}}, come.', {
            body_text_named_params: [{ param_name: 'name', example: 'Amina' }],
          }),
        ],
        { category: 'utility' },
      ),
    );

    expect(read).to.include({ parameter_format: 'NAMED', category: 'UTILITY' });
  });

  it('is not changed itself', () => {
    const definition = Object.freeze(define([bodyText('Open.')]));

    expect(readDefinition(definition)).to.deep.equal(definition);
  });

  const refused: Record<string, [definition: unknown, words: RegExp]> = {
    'that is no object': ['notice', /is text; it must be an object/],
    'without a name': [{ ...define([]), name: undefined }, /^name is missing/],
    'with capitals in its name': [
      define([bodyText('x')], { name: 'Notice' }),
      /^name has other signs/,
    ],
    'with a name that is too long': [
      define([bodyText('x')], { name: words(513) }),
      /at most 512/,
    ],
    'without a language': [
      { ...define([bodyText('x')]), language: undefined },
      /^language is missing/,
    ],
    'in an unknown category': [
      define([bodyText('x')], { category: 'HEALTH' }),
      /^category is none/,
    ],
    'without components': [
      { ...define([]), components: undefined },
      /^components is missing/,
    ],
    'with no components': [define([]), /^components is empty/],
    'without a body': [
      define([{ type: 'FOOTER', text: 'x' }]),
      /^components have no BODY/,
    ],
    'with two bodies': [
      define([bodyText('x'), bodyText('y')]),
      /^components have BODY twice/,
    ],
    'with a long body': [define([bodyText(words(1025))]), /at most 1024/],
    'with a long body beside an offer': [
      define([bodyText(words(601)), { type: 'LIMITED_TIME_OFFER' }]),
      /at most 600/,
    ],
    'that begins with a variable': [
      define([bodyText('{{1}}, come.', { body_text: [['Amina']] })]),
      /begins or ends with a variable/,
    ],
    'that ends with a variable': [
      define([bodyText('Come, {{1}}', { body_text: [['Amina']] })]),
      /begins or ends with a variable/,
    ],
    'with a gap in its variables': [
      define([bodyText('On {{1}} and {{3}}.', { body_text: [['a', 'b']] })]),
      /has no \{\{2\}\}/,
    ],
    'with a variable that does not begin at 1': [
      define([bodyText('On {{2}} too.', { body_text: [['a']] })]),
      /has no \{\{1\}\}/,
    ],
    'with numbers and names': [
      define([bodyText('On {{1}} and {{date}}.')]),
      /both numbered and named/,
    ],
    'with capitals in a variable': [
      define([bodyText('On {{visitDate}} then.')]),
      /variable \{\{visitDate\}\}/,
    ],
    'with a broken variable': [
      define([bodyText('On {{visit date}} then.')]),
      /not written as one/,
    ],
    'with too few examples': [
      define([bodyText('On {{1}} and {{2}}.', { body_text: [['a']] })]),
      /no example for \{\{2\}\}/,
    ],
    'with the example of another name': [
      define([
        bodyText('On {{date}} then.', {
          body_text_named_params: [{ param_name: 'day', example: 'x' }],
        }),
      ]),
      /no example for \{\{date\}\}/,
    ],
    'with a long header': [
      withHeader({ format: 'TEXT', text: words(61) }),
      /at most 60/,
    ],
    'with two variables in its header': [
      withHeader({ format: 'TEXT', text: 'On {{1}} and {{2}}' }),
      /more than one variable/,
    ],
    'with a line break in its header': [
      withHeader({ format: 'TEXT', text: 'On\nthen' }),
      /line break/,
    ],
    'with a picture, but no sample': [
      withHeader({ format: 'IMAGE' }),
      /no sample of its image/,
    ],
    'with a sample of a text': [
      withHeader({ format: 'TEXT', text: 'x', sample: 'x' }),
      /shows no media/,
    ],
    'with a variable in its footer': [
      define([bodyText('x'), { type: 'FOOTER', text: 'On {{1}}' }]),
      /variable, which WhatsApp refuses in a footer/,
    ],
    'with a long footer': [
      define([bodyText('x'), { type: 'FOOTER', text: words(61) }]),
      /at most 60/,
    ],
    'with a password that is good too long': [
      define([bodyText('x'), { type: 'FOOTER', code_expiration_minutes: 91 }]),
      /1 to 90/,
    ],
    'with eleven buttons': [
      withButtons(...Array.from({ length: 11 }, () => quick())),
      /1 to 10 are allowed/,
    ],
    'with three links': [
      withButtons(link(), link(), link()),
      /3 buttons of the type URL/,
    ],
    'with quick replies apart': [
      withButtons(quick(), link(), quick()),
      /between its quick replies/,
    ],
    'with a long button': [withButtons(quick(words(26))), /at most 25/],
    'with a button without text': [
      withButtons({ type: 'QUICK_REPLY' }),
      /text is missing/,
    ],
    'with a link without an address': [
      withButtons(link({ url: undefined })),
      /url is missing/,
    ],
    'with a link whose variable is not its end': [
      withButtons(link({ url: 'https://a.example/{{1}}/b' })),
      /not its end/,
    ],
    'with a link without an example': [
      withButtons(link({ url: 'https://a.example/{{1}}' })),
      /no example for \{\{1\}\}/,
    ],
    'with a long phone number': [
      withButtons({
        type: 'PHONE_NUMBER',
        text: 'Call',
        phone_number: words(21),
      }),
      /at most 20/,
    ],
    'with a long coupon': [
      withButtons({ type: 'COPY_CODE', example: words(21) }),
      /at most 20/,
    ],
    'with one card': [
      define([bodyText('x'), { type: 'CAROUSEL', cards: [card()] }]),
      /2 to 10 are allowed/,
    ],
    'with a long card': [
      define([
        bodyText('x'),
        {
          type: 'CAROUSEL',
          cards: [card(), { components: [bodyText(words(161))] }],
        },
      ]),
      /components\[1\]\.cards\[1\]\.components\[0\]\.text has 161 characters/,
    ],
    'that is tried for too short a time': [
      define([bodyText('x')], { message_send_ttl_seconds: 29 }),
      /from 30 to 43200/,
    ],
  };
  for (const [name, [definition, pattern]] of Object.entries(refused)) {
    it(`is refused ${name}`, () => {
      const error = throws(() => readDefinition(definition), {
        code: 'INVALID_TEMPLATE',
        sent: 'no',
      });

      expect(error.description).to.match(pattern).and.to.match(/\.$/);
      expect(error.fix).to.match(/\.$/);
    });
  }
});

describe('the changes of a template', () => {
  it('are checked by the same limits', () => {
    throws(() => readChanges({ components: [bodyText(words(1025))] }), {
      code: 'INVALID_TEMPLATE',
    });
    throws(() => readChanges({}), { code: 'INVALID_TEMPLATE' });
    throws(() => readChanges({ components: undefined }), {
      code: 'INVALID_TEMPLATE',
    });
  });

  it('need not tell that a template is for one-time passwords', () => {
    const components = [
      { type: 'BODY', add_security_recommendation: true },
      { type: 'BUTTONS', buttons: [{ type: 'OTP', otp_type: 'COPY_CODE' }] },
    ];

    expect(readChanges({ components })).to.deep.equal({ components });
  });

  it('may be the category alone', () => {
    expect(readChanges({ category: 'marketing' })).to.deep.equal({
      category: 'MARKETING',
    });
  });
});

const files = readRequests().filter(([name]) => name.startsWith('templates__'));

/** Meta's page says 12 hours at least, and shows 2 minutes. */
const isWrong = (file: string) => file.includes('time-to-live');

describe('definitions as Meta documents them', () => {
  it('are there', () => expect(files).not.to.be.empty);

  const definitions = files
    .filter(([, { url }]) => url?.endsWith('/message_templates'))
    .filter(
      ([file, { has_placeholders }]) => !has_placeholders && !isWrong(file),
    );
  for (const [file, { body }] of definitions) {
    it(`are taken: ${file}`, () => {
      expect(() => readDefinition(body)).not.to.throw();
    });
  }
});
