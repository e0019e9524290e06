import { expect } from 'chai';
import { buildMedia } from '../../../src/messages/plain/media';
import { throws } from '../../rejects';
import { expectBody, refusal, to } from './send-plain';

const id = '1037543291543636';
const link = 'https://clinic.example/map.png';

describe('buildMedia', () => {
  it('tells an ID from a link', () => {
    expectBody(buildMedia(to, 'image', id), 'image', { id });
    expectBody(buildMedia(to, 'image', 1037543291543636), 'image', { id });
    expectBody(buildMedia(to, 'image', link), 'image', { link });
    expectBody(buildMedia(to, 'sticker', '5f3e-uuid'), 'sticker', {
      id: '5f3e-uuid',
    });
  });

  it('takes Meta’s object with one of them', () => {
    expectBody(buildMedia(to, 'video', { id }), 'video', { id });
    expectBody(
      buildMedia(to, 'video', { link, caption: 'A' }, { caption: 'B' }),
      'video',
      { link, caption: 'B' },
    );
  });

  it('adds the options that the kind of media has', () => {
    expectBody(buildMedia(to, 'image', id, { caption: 'A' }), 'image', {
      id,
      caption: 'A',
    });
    expectBody(buildMedia(to, 'audio', id, { voice: true }), 'audio', {
      id,
      voice: true,
    });
    expectBody(
      buildMedia(to, 'document', id, { filename: 'a.pdf', caption: 'A' }),
      'document',
      { id, caption: 'A', filename: 'a.pdf' },
    );
    expectBody(buildMedia(to, 'video', id, { caption: null }), 'video', { id });
  });

  it('refuses options that the kind of media has not', () => {
    for (const [type, option] of [
      ['audio', { caption: 'A' }],
      ['sticker', { caption: 'A' }],
      ['image', { filename: 'a.png' }],
      ['video', { voice: true }],
      ['document', { voice: false }],
    ] as const) {
      throws(() => buildMedia(to, type, id, option), {
        code: 'INVALID_OPTIONS',
        description: `The option ${Object.keys(option)[0]} does not go with the type ${type}.`,
      });
    }
  });

  it('refuses a type that is no media, and says which are', () => {
    for (const type of ['gif', 'text', 'Image', undefined, 5]) {
      const { fix } = throws(() => buildMedia(to, type, id), {
        code: 'INVALID_MESSAGE',
      });

      expect(fix).to.contain('image, audio, video, document, sticker');
    }
  });

  it('speaks of its own arguments when something is wrong', () => {
    for (const [description, media, options = {}] of [
      ['media is missing; it must be an ID or a link.', undefined],
      ['media is a Buffer; it must be an ID or a link.', Buffer.from('a')],
      ['media is a number that has lost digits.', 2 ** 60],
      ['media is empty.', ''],
      ['media is not an address of the web.', 'https://'],
      ['media needs exactly one of id and link.', {}],
      ['media needs exactly one of id and link.', { id, link }],
      ['media.id is a number; it must be text.', { id: -1 }],
      ['media.link is not an address of the web.', { link: 'map.png' }],
      [
        'caption has 1025 characters; at most 1024 are allowed.',
        id,
        { caption: 'x'.repeat(1025) },
      ],
      ['caption is a number; it must be text.', id, { caption: 5 }],
    ] as const) {
      expect(refusal(() => buildMedia(to, 'image', media, options))).to.equal(
        description,
      );
    }
  });
});
