import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import { buildTemplate } from '../../../../src/messages/plain/template/template';
import { refuses, refusesValues, TO } from './plain';

// Jobs run in a realm of their own, where lists and objects have other classes.
const fromJob = (expression: string): unknown =>
  runInNewContext(`(${expression})`);

const PLAIN = `{
  template: { name: 'visit', language: 'sw' },
  values: { name: 'Amina', day: { date_time: { fallback_value: '3 May' } } },
  options: {
    header: { image: { id: '1' } },
    buttons: [null, { flow: { flow_action_data: { name: 'Amina' } } }],
    carousel: [{ body: ['x'] }],
    limitedTimeOffer: { expiration_time_ms: 1809648000000 },
    components: [{ type: 'body', parameters: [{ type: 'text', text: 'raw' }] }],
  },
}`;

type Arguments = { template: unknown; values: unknown; options: unknown };

const build = (given: unknown) => {
  const { template, values, options } = given as Arguments;
  return buildTemplate(TO, template, values, options);
};

describe('the arguments of a template from another realm', () => {
  it('make the same message', () => {
    const here = build(JSON.parse(JSON.stringify(fromJob(PLAIN))));

    expect(JSON.stringify(build(fromJob(PLAIN)))).to.equal(
      JSON.stringify(here),
    );
  });

  it('are refused alike', () => {
    refusesValues(
      fromJob("['x', null]"),
      'Value 2 of the template is missing.',
    );
    refusesValues(
      fromJob('[new Date()]'),
      'Value 1 of the template is a Date, which can be written in many ways.',
      /dateFns\.format/,
    );
    refuses(
      () => build(fromJob("{ template: 'visit', options: { header: [] } }")),
      'header is a list; it must be text or a number.',
    );
  });
});
