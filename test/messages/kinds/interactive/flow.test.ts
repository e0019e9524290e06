import { expect } from 'chai';
import { body, refused, send } from './send-interactive';

describe('limits of a flow', () => {
  const parameters = {
    flow_message_version: '3',
    flow_id: '1',
    flow_cta: 'Open',
  };
  const message = (more: object) => ({
    type: 'flow',
    body,
    action: { name: 'flow', parameters: { ...parameters, ...more } },
  });

  it('are exactly one of ID and name', () => {
    send(message({ flow_id: undefined, flow_name: 'visit' }));

    expect(refused(message({ flow_name: 'visit' }))).to.contain('exactly one');
    expect(refused(message({ flow_id: undefined }))).to.contain('exactly one');
  });

  it('forbid an emoji on the button, but no sign such as ™', () => {
    send(message({ flow_cta: 'Clinic™ 1 (©)' }));

    for (const flow_cta of ['Go 👍', '❤️', '1️⃣', '🇰🇪']) {
      expect(refused(message({ flow_cta }))).to.contain('has an emoji');
    }
  });

  it('are a payload with navigate only, and not without data', () => {
    const payload = { flow_action_payload: { screen: 'A', data: { k: 1 } } };

    send(message(payload));
    send(message({ flow_action: 'navigate', ...payload }));
    expect(
      refused(message({ flow_action: 'data_exchange', ...payload })),
    ).to.contain('flow_action is not navigate');
    expect(
      refused(message({ flow_action_payload: { screen: 'A', data: {} } })),
    ).to.contain('data has no fields');
  });
});
