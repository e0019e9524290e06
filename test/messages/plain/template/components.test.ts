import { expect } from 'chai';
import { PRIVATE, componentsOf, refusesOptions } from './plain';
import type { Part } from './plain';

const text = (words: string) => [{ type: 'text', text: words }];
const button = (index: string | number) => ({
  type: 'button',
  sub_type: 'url',
  index,
  parameters: text('raw'),
});

const typesOf = (components: Part[] = []) =>
  components.map(({ type, index }) =>
    index === undefined ? type : `${type} ${Number(index)}`,
  );

describe('the components of a template', () => {
  it('come in one order, however the options are written', () => {
    const components = componentsOf(['Amina'], {
      components: [button(9), { type: 'tap_target_configuration' }],
      buttons: [{ url: 'a' }, { url: 'b' }],
      carousel: [{ body: ['x'] }],
      limitedTimeOffer: 1809648000000,
      header: 'Visit',
    });

    expect(typesOf(components)).to.deep.equal([
      'header',
      'body',
      'limited_time_offer',
      'carousel',
      'button 0',
      'button 1',
      'button 9',
      'tap_target_configuration',
    ]);
  });

  it('may all be written as Meta writes them', () => {
    const components = [
      { type: 'body', parameters: text('Amina') },
      button('0'),
    ];

    expect(componentsOf(undefined, { components })).to.deep.equal(components);
  });

  it('win over what the other options make of the same part', () => {
    const body = { type: 'body', parameters: text('raw') };

    expect(
      componentsOf(['made'], {
        header: 'made',
        buttons: [{ url: 'made' }, { url: 'made' }],
        components: [button(1), body],
      }),
    ).to.deep.equal([
      { type: 'header', parameters: text('made') },
      body,
      { ...button('0'), parameters: text('made') },
      button(1),
    ]);
  });

  it('pass when Meta has added their type since', () => {
    const components = [{ type: 'sound', volume: 11 }];

    expect(componentsOf(null, { components })).to.deep.equal(components);
  });

  it('are left out when there are none', () => {
    expect(componentsOf(null, { components: [] })).to.equal(undefined);
    expect(componentsOf(null, { components: null })).to.equal(undefined);
  });

  it('are checked as those of sendMessage', () => {
    refusesOptions(
      { components: { type: 'body' } },
      'components is an object; it must be a list.',
    );
    refusesOptions(
      { components: [{ parameters: [] }] },
      'components[0].type is missing.',
    );
    refusesOptions(
      { components: [{ type: 'body', parameters: text(`${PRIVATE}\n`) }] },
      'components[0].parameters[0].text has a line break, a tab or more than 4 spaces in a row, which WhatsApp refuses.',
    );
  });

  it('are not changed in the hands of the job', () => {
    const components = Object.freeze([button(1), button(0)]);

    expect(typesOf(componentsOf(null, { components }))).to.deep.equal([
      'button 0',
      'button 1',
    ]);
    expect(components[0]?.index).to.equal(1);
  });
});
