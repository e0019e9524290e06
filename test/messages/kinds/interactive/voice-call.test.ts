import { expect } from 'chai';
import { LIMITS } from '../../../../src/messages/kinds/limits';
import { body, refused, send } from './send-interactive';

describe('limits of a voice call', () => {
  const call = (ttl_minutes: unknown) => ({
    type: 'voice_call',
    body,
    action: { name: 'voice_call', parameters: { ttl_minutes } },
  });

  it('are whole minutes up to thirty days', () => {
    send(call(1));
    send(call(LIMITS.voiceCall.minutes));

    for (const minutes of [0, 43201, 1.5, NaN, '5']) {
      expect(refused(call(minutes))).to.contain('ttl_minutes is ');
    }
  });
});
