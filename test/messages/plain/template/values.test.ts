import { expect } from 'chai';
import { componentsOf, textsOf } from './plain';

describe('the values of a template', () => {
  it('fill the body in their order when they are a list', () => {
    expect(componentsOf(['Amina', '3 May'])).to.deep.equal([
      {
        type: 'body',
        parameters: [
          { type: 'text', text: 'Amina' },
          { type: 'text', text: '3 May' },
        ],
      },
    ]);
  });

  it('fill the body by their names when they are an object', () => {
    expect(componentsOf({ name: 'Amina', day: '3 May' })).to.deep.equal([
      {
        type: 'body',
        parameters: [
          { type: 'text', parameter_name: 'name', text: 'Amina' },
          { type: 'text', parameter_name: 'day', text: '3 May' },
        ],
      },
    ]);
  });

  it('leave no body when there are none', () => {
    for (const none of [undefined, null, [], {}]) {
      expect(componentsOf(none)).to.equal(undefined);
    }
  });

  it('may be numbers, zero too', () => {
    expect(textsOf([0, 2.5, -3, 12n])).to.deep.equal(['0', '2.5', '-3', '12']);
  });

  it('keep amounts and dates as Meta writes them', () => {
    const currency = { fallback_value: 'KES 100', code: 'KES', amount_1000: 1 };
    const date_time = { fallback_value: '3 May 2027' };

    expect(componentsOf([{ currency }, { date_time }])).to.deep.equal([
      {
        type: 'body',
        parameters: [
          { type: 'currency', currency },
          { type: 'date_time', date_time },
        ],
      },
    ]);
    expect(componentsOf({ fee: { currency } })).to.deep.equal([
      {
        type: 'body',
        parameters: [{ type: 'currency', currency, parameter_name: 'fee' }],
      },
    ]);
  });

  it("may be Meta's own parameters, those of a new type too", () => {
    const named = { type: 'text', parameter_name: 'name', text: 'Amina' };
    const fresh = { type: 'emoji', emoji: { code: 1 }, more: true };

    expect(componentsOf([named, fresh, { text: 'Moussa' }])).to.deep.equal([
      {
        type: 'body',
        parameters: [named, fresh, { type: 'text', text: 'Moussa' }],
      },
    ]);
  });

  it('come on one line, whatever people wrote', () => {
    const written = ' 12 River Road,\r\n\tNairobi      Kenya\u2028\n';

    expect(textsOf([written, { type: 'text', text: 'a\n\nb' }])).to.deep.equal([
      '12 River Road, Nairobi Kenya',
      'a b',
    ]);
    expect(
      componentsOf([{ date_time: { fallback_value: '3\tMay ' } }]),
    ).to.deep.equal([
      {
        type: 'body',
        parameters: [
          { type: 'date_time', date_time: { fallback_value: '3 May' } },
        ],
      },
    ]);
  });

  it('are measured when they are on one line, not before', () => {
    const [text] = textsOf([`${'x'.repeat(1000)}${' '.repeat(100)}\n`]);

    expect(text).to.have.lengthOf(1000);
  });

  it('may be as long as the body, counted as people count', () => {
    expect(textsOf(['x'.repeat(1024)])[0]).to.have.lengthOf(1024);
    expect(textsOf(['👍'.repeat(1024)])[0]).to.have.lengthOf(2048);
  });

  it('are not changed in the hands of the job', () => {
    const values = Object.freeze([
      'a\nb',
      Object.freeze({
        date_time: Object.freeze({ fallback_value: '3\nMay' }),
      }),
    ]);

    componentsOf(values);

    expect(values[0]).to.equal('a\nb');
    expect(values[1]).to.deep.equal({
      date_time: { fallback_value: '3\nMay' },
    });
  });
});
