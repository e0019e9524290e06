import { expect } from 'chai';
import { buildList } from '../../../src/messages/plain/interactive';
import { throws } from '../../rejects';
import { expectBody, refusal, to } from './send-plain';

const body = 'When can you come?';

const row = (title: string) => ({ id: title, title });

describe('buildList', () => {
  it('makes rows of titles', () => {
    expectBody(buildList(to, body, ['Monday', 2]), 'interactive', {
      type: 'list',
      body: { text: body },
      action: {
        button: 'Options',
        sections: [{ rows: [row('Monday'), row('2')] }],
      },
    });
  });

  it('makes rows with IDs and descriptions of their own', () => {
    const rows = [
      { id: 'mon', title: 'Monday', description: 'From 9' },
      { title: 'Friday', description: null },
      { id: 6, title: 'Saturday', description: '' },
    ];

    expectBody(buildList(to, body, rows), 'interactive', {
      type: 'list',
      body: { text: body },
      action: {
        button: 'Options',
        sections: [
          {
            rows: [
              { id: 'mon', title: 'Monday', description: 'From 9' },
              row('Friday'),
              { id: '6', title: 'Saturday' },
            ],
          },
        ],
      },
    });
  });

  it('makes sections, whose rows are titles or rows', () => {
    const rows = [
      { title: 'This week', rows: ['Thursday'] },
      { title: 'Next week', rows: [{ id: 'mon', title: 'Monday' }] },
    ];
    const options = { button: 'Days', header: 'Visit', footer: 'Clinic' };

    expectBody(buildList(to, body, rows, options), 'interactive', {
      type: 'list',
      header: { type: 'text', text: 'Visit' },
      body: { text: body },
      footer: { text: 'Clinic' },
      action: {
        button: 'Days',
        sections: [
          { title: 'This week', rows: [row('Thursday')] },
          { title: 'Next week', rows: [{ id: 'mon', title: 'Monday' }] },
        ],
      },
    });
  });

  it('may have a single section without a title', () => {
    expectBody(
      buildList(to, body, [{ title: null, rows: ['Monday'] }]),
      'interactive',
      {
        type: 'list',
        body: { text: body },
        action: { button: 'Options', sections: [{ rows: [row('Monday')] }] },
      },
    );
  });

  it('has a longer body than other messages', () => {
    buildList(to, 'x'.repeat(4096), ['A']);

    expect(refusal(() => buildList(to, 'x'.repeat(4097), ['A']))).to.equal(
      'body has 4097 characters; at most 4096 are allowed.',
    );
  });

  it('refuses an option that it has not', () => {
    throws(() => buildList(to, body, ['A'], { buttons: 'Open' }), {
      code: 'INVALID_OPTIONS',
    });
  });
});
