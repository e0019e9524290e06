import { expect } from 'chai';
import { buildButtons } from '../../../src/messages/plain/interactive';
import { expectBody, refusal, to } from './send-plain';

const body = 'Will you come?';

const reply = (id: string, title: string) => ({
  type: 'reply',
  reply: { id, title },
});

describe('the parts of a plain interactive message', () => {
  it('are header, body and footer', () => {
    const options = { header: 'Visit', footer: 'Health center' };

    expectBody(buildButtons(to, body, ['Yes'], options), 'interactive', {
      type: 'button',
      header: { type: 'text', text: 'Visit' },
      body: { text: body },
      footer: { text: 'Health center' },
      action: { buttons: [reply('Yes', 'Yes')] },
    });
  });

  it('may have Meta’s object for a header, and are left out when blank', () => {
    const header = { type: 'image', image: { id: '1' } };
    const content = (more: object) => ({
      type: 'button',
      ...more,
      body: { text: body },
      action: { buttons: [reply('Yes', 'Yes')] },
    });

    expectBody(
      buildButtons(to, body, ['Yes'], { header }),
      'interactive',
      content({ header }),
    );
    for (const blank of [undefined, null, '']) {
      expectBody(
        buildButtons(to, body, ['Yes'], { header: blank, footer: blank }),
        'interactive',
        content({}),
      );
    }
  });

  it('are named as the options that they are', () => {
    const image = { type: 'image', image: {} };

    for (const [description, options] of [
      [
        'header has 61 characters; at most 60 are allowed.',
        { header: 'x'.repeat(61) },
      ],
      ['header.text is missing.', { header: { type: 'text' } }],
      [
        'header.type is none of the words that it can be.',
        { header: { type: 'gif' } },
      ],
      ['header.image needs exactly one of id and link.', { header: image }],
      ['header is a number; it must be text or an object.', { header: 5 }],
      [
        'footer has 61 characters; at most 60 are allowed.',
        { footer: 'x'.repeat(61) },
      ],
      ['footer is an object; it must be text.', { footer: { text: 'A' } }],
    ] as const) {
      expect(refusal(() => buildButtons(to, body, ['Yes'], options))).to.equal(
        description,
      );
    }
  });

  it('need a body of words', () => {
    for (const [description, text] of [
      ['body is missing.', undefined],
      ['body is a number; it must be text.', 5],
      ['body is null; it must be text.', null],
      ['body is empty.', ''],
      ['body has 1025 characters; at most 1024 are allowed.', 'x'.repeat(1025)],
    ] as const) {
      expect(refusal(() => buildButtons(to, text, ['Yes']))).to.equal(
        description,
      );
    }
  });
});
