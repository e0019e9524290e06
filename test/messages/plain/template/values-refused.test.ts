import { PRIVATE, refusesValues } from './plain';

describe('the values of a template are refused when', () => {
  it('one is missing, told by its position', () => {
    for (const missing of [undefined, null]) {
      refusesValues(
        [PRIVATE, missing],
        'Value 2 of the template is missing.',
        'Check the field of state that it comes from; each variable of the template needs a value.',
      );
    }
    refusesValues([PRIVATE, , 'x'], 'Value 2 of the template is missing.');
  });

  it('one is missing, told by its name', () => {
    refusesValues(
      { day: PRIVATE, name: undefined },
      "Value 'name' of the template is missing.",
      /field of state/,
    );
  });

  it('one is empty, or nothing but space', () => {
    for (const empty of ['', ' ', '\n\t', '\u00a0']) {
      refusesValues(
        [empty],
        'Value 1 of the template is empty, which WhatsApp refuses.',
        /such as 'unknown'/,
      );
    }
  });

  it('one is a Date, or was one that arrives from another step as an empty object', () => {
    refusesValues(
      [PRIVATE, new Date()],
      'Value 2 of the template is a Date, which can be written in many ways.',
      /dateFns\.format/,
    );
    refusesValues(
      [PRIVATE, new Map()],
      'Value 2 of the template is a Map; it must be text or a number.',
    );
    refusesValues(
      [PRIVATE, {}],
      'Value 2 of the template is an empty object.',
      "If it is a Date, write it as text first, as in '3 May 2027'.",
    );
    refusesValues(
      { day: {} },
      "Value 'day' of the template is an empty object.",
      /Date/,
    );
  });

  it('one is true or false', () => {
    refusesValues(
      [true],
      'Value 1 of the template is true or false, not text.',
      /'yes' : 'no'/,
    );
  });

  it('one is no text at all', () => {
    refusesValues(
      [[PRIVATE]],
      'Value 1 of the template is a list; it must be text or a number.',
    );
    refusesValues(
      [Buffer.from(PRIVATE)],
      'Value 1 of the template is a Buffer; it must be text or a number.',
    );
    refusesValues(
      [{ name: PRIVATE }],
      'values[0] has none of text, currency, date_time.',
    );
    refusesValues(
      [{ text: PRIVATE, currency: {} }],
      'values[0] has both text and currency.',
    );
    refusesValues(
      [{ type: 5, text: PRIVATE }],
      'values[0] has a type that is not text.',
    );
    refusesValues(
      [{ text: PRIVATE, parametr_name: 'x' }],
      "values[0] has a field 'parametr_name' that is not known there.",
      /known are type, text, parameter_name/,
    );
  });

  it('one is a number that went wrong', () => {
    for (const wrong of [NaN, Infinity]) {
      refusesValues(
        [wrong],
        'Value 1 of the template is the result of a calculation that failed, not a number.',
      );
    }
    refusesValues(
      [2 ** 60],
      'Value 1 of the template is a number too long to be exact.',
      /as text/,
    );
  });

  it('one is too long', () => {
    refusesValues(
      ['x', `${PRIVATE}${'x'.repeat(32768)}`],
      'Value 2 of the template has 32774 characters; at most 32768 are allowed.',
      'Shorten it.',
    );
  });

  it('all together are too long', () => {
    refusesValues(
      ['x'.repeat(32766), PRIVATE],
      'The body of the template has more than 32768 characters in all, which is the maximum.',
      'Shorten the values.',
    );
  });

  it('an amount or a date is not as Meta has it', () => {
    const currency = { fallback_value: PRIVATE, code: 'KES', amount_1000: 1.5 };

    refusesValues(
      [{ currency }],
      'values[0].currency.amount_1000 is not a whole number.',
      /times 1000/,
    );
    refusesValues(
      { fee: { currency: { ...currency, code: undefined } } },
      'values.fee.currency.code is missing.',
    );
    refusesValues(
      [{ date_time: {} }],
      'values[0].date_time.fallback_value is missing.',
    );
    refusesValues(
      [{ date_time: PRIVATE }],
      'values[0].date_time is text; it must be an object.',
    );
  });
});
