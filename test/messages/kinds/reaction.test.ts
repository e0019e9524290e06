import { expect } from 'chai';
import { buildMessage } from '../../../src/messages/message';
import { throws } from '../../rejects';
import { refused, to } from './send-kind';

describe('a reaction', () => {
  const react = (emoji: string) => ({
    reaction: { message_id: 'wamid.1', emoji },
  });

  it('is an emoji, or empty', () => {
    for (const emoji of ['👍', '👍🏾', '❤️', '❤', '🇰🇪', '1️⃣', 'ℹ️', '👩🏾‍⚕️', '']) {
      buildMessage(to, react(emoji));
    }
    for (const emoji of ['ok', ':thumbsup:', '\\ud83d\\udc4d', '1', ' ']) {
      expect(refused(react(emoji)).description).to.contain('not an emoji');
    }
  });

  it('cannot quote, as it is on a message already', () => {
    const error = { code: 'INVALID_OPTIONS' };

    throws(() => buildMessage(to, react('👍'), { replyTo: 'wamid.2' }), error);
    throws(
      () =>
        buildMessage(to, { ...react(''), context: { message_id: 'wamid.2' } }),
      error,
    );
  });
});
