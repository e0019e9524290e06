import { expect } from 'chai';
import { buildButtons } from '../../../src/messages/plain/interactive';
import { throws } from '../../rejects';
import { expectBody, refusal, to } from './send-plain';

const body = 'Will you come?';

const reply = (id: string, title: string) => ({
  type: 'reply',
  reply: { id, title },
});

describe('buildButtons', () => {
  it('makes buttons of titles', () => {
    expectBody(buildButtons(to, body, ['Yes', 'No']), 'interactive', {
      type: 'button',
      body: { text: body },
      action: { buttons: [reply('Yes', 'Yes'), reply('No', 'No')] },
    });
  });

  it('makes buttons of titles with IDs of their own', () => {
    const buttons = [
      { id: 'visit-yes', title: 'Yes' },
      { id: null, title: 'No' },
    ];

    expectBody(buildButtons(to, body, buttons), 'interactive', {
      type: 'button',
      body: { text: body },
      action: { buttons: [reply('visit-yes', 'Yes'), reply('No', 'No')] },
    });
  });

  it('writes numbers as text, as data has them for titles and IDs', () => {
    const buttons = [1, 2.5, { id: 7, title: 3 }];

    expectBody(buildButtons(to, body, buttons), 'interactive', {
      type: 'button',
      body: { text: body },
      action: {
        buttons: [reply('1', '1'), reply('2.5', '2.5'), reply('7', '3')],
      },
    });
  });

  it('takes the options of every send', () => {
    const options = { replyTo: 'wamid.1', callbackData: 'a', dryRun: true };
    const message = buildButtons(to, body, ['Yes'], options);

    expect(message.options).to.equal(options);
    expect(message.body).to.deep.include({
      context: { message_id: 'wamid.1' },
      biz_opaque_callback_data: 'a',
    });
  });

  it('speaks of its own arguments when something is wrong', () => {
    const long = 'x'.repeat(24);

    for (const [description, given] of [
      [
        'buttons[1].title has 24 characters; at most 20 are allowed.',
        ['Yes', long],
      ],
      [
        'buttons[0].title has 24 characters; at most 20 are allowed.',
        [{ id: 'a', title: long }],
      ],
      [
        'buttons[0].id has 257 characters; at most 256 are allowed.',
        [{ id: 'x'.repeat(257), title: 'Yes' }],
      ],
      ['buttons[0].title is missing.', [{ id: 'yes' }]],
      ['buttons[0].title is null; it must be text.', [{ title: null }]],
      ['buttons[0].title is empty.', ['']],
      ['buttons[0] is null; it must be text.', [null]],
      ['buttons[0] is missing.', [undefined]],
      ['buttons[0] is a number that cannot be written exactly.', [2 ** 53]],
      ['buttons[0] is a number that cannot be written exactly.', [NaN]],
      [
        "buttons[0] has a field 'titel' that it does not know.",
        [{ titel: 'Yes' }],
      ],
      [
        'buttons[0] has a field that it does not know.',
        [{ '+254700000001': 'Yes' }],
      ],
      [
        'buttons[0].title begins or ends with a space, which is not allowed.',
        ['Yes '],
      ],
      ['buttons has the same title twice.', ['Yes', 'Yes']],
      ['buttons has the same id twice.', [{ id: 'No', title: 'Yes' }, 'No']],
      ['buttons has 4 items; 1 to 3 are allowed.', ['1', '2', '3', '4']],
      ['buttons has 0 items; 1 to 3 are allowed.', []],
      ['buttons is text; it must be a list.', 'Yes'],
      ['buttons is missing; it must be a list.', undefined],
    ] as const) {
      expect(refusal(() => buildButtons(to, body, given))).to.equal(
        description,
      );
    }
  });

  it('refuses an option that it has not', () => {
    throws(() => buildButtons(to, body, ['Yes'], { button: 'Open' }), {
      code: 'INVALID_OPTIONS',
    });
  });
});
