import { expect } from 'chai';
import { buildLocation } from '../../../src/messages/plain/location';
import { buildReaction } from '../../../src/messages/plain/reaction';
import { throws } from '../../rejects';
import { expectBody, refusal, to } from './send-plain';

describe('buildReaction', () => {
  it('reacts to a message', () => {
    expectBody(buildReaction(to, 'wamid.1', '👍'), 'reaction', {
      message_id: 'wamid.1',
      emoji: '👍',
    });
  });

  it('takes a reaction back', () => {
    expectBody(buildReaction(to, 'wamid.1', ''), 'reaction', {
      message_id: 'wamid.1',
      emoji: '',
    });
  });

  it('asks for the emoji, as a missing one takes nothing back', () => {
    for (const emoji of [undefined, null]) {
      const { fix } = throws(() => buildReaction(to, 'wamid.1', emoji), {
        code: 'INVALID_MESSAGE',
      });

      expect(fix).to.contain("'' to take the reaction back");
    }
  });

  it('cannot quote a message', () => {
    throws(() => buildReaction(to, 'wamid.1', '👍', { replyTo: 'wamid.2' }), {
      code: 'INVALID_OPTIONS',
      description: 'A reaction cannot quote a message.',
    });
  });

  it('speaks of its own arguments when something is wrong', () => {
    for (const [description, messageId, emoji] of [
      ['messageId is missing.', undefined, '👍'],
      ['messageId is empty.', '', '👍'],
      ['emoji is not an emoji.', 'wamid.1', 'ok'],
      ['emoji is a number; it must be text.', 'wamid.1', 5],
    ] as const) {
      expect(refusal(() => buildReaction(to, messageId, emoji))).to.equal(
        description,
      );
    }
  });
});

describe('buildLocation', () => {
  const location = { latitude: -1.2921, longitude: '36.8219', name: 'Clinic' };

  it('sends a place as it is written', () => {
    expectBody(buildLocation(to, location), 'location', location);
  });

  it('leaves out a name and an address that hold nothing', () => {
    const { name: _, ...place } = location;

    for (const blank of [null, '', ' ', undefined]) {
      const given = { ...place, name: blank, address: blank };
      expectBody(buildLocation(to, given), 'location', place);
    }
  });

  it('says what is wrong', () => {
    for (const [description, given] of [
      ['location is missing.', undefined],
      ['location is a list; it must be an object.', [1, 2]],
      ['location.latitude is missing.', { lat: 1, lng: 2 }],
      [
        'location.longitude is null; it must be a number or text.',
        { ...location, longitude: null },
      ],
      [
        'location.latitude is not a number between -90 and 90.',
        { ...location, latitude: 91 },
      ],
    ] as const) {
      expect(refusal(() => buildLocation(to, given))).to.equal(description);
    }
  });

  it('refuses an option that it has not', () => {
    throws(() => buildLocation(to, location, { name: 'Clinic' }), {
      code: 'INVALID_OPTIONS',
    });
  });
});
