import { expect } from 'chai';
import { buildMessage } from '../../../src/messages/message';
import { refused, to } from './send-kind';

describe('a media', () => {
  it('has exactly one of ID and link', () => {
    const needs = 'message.image needs exactly one of id and link.';

    expect(refused({ image: {} }).description).to.equal(needs);
    expect(
      refused({ image: { id: '1', link: 'https://clinic.example/a.png' } })
        .description,
    ).to.equal(needs);
  });

  it('has a public link', () => {
    buildMessage(to, { image: { link: 'HTTPS://clinic.example/a.png?b=c' } });
    buildMessage(to, { image: { link: 'http://clinic.example/a.png' } });

    for (const link of ['clinic.example/a.png', 'https://', 'file:///a.png']) {
      expect(refused({ image: { link } }).description).to.equal(
        'message.image.link is not an address of the web.',
      );
    }
  });

  it('has no caption when it is a sound or a sticker', () => {
    for (const kind of ['audio', 'sticker']) {
      expect(
        refused({ [kind]: { id: '1', caption: 'A' } }).description,
      ).to.contain('has a caption');
    }
  });
});
