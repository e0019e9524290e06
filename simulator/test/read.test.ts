import { expect } from 'chai';
import { PHONE_NUMBER_ID, useSimulator } from './call';
import { WAMID } from './messages';
import { refuses } from './refusals';

const read = { status: 'read', message_id: WAMID };

describe('a read receipt', () => {
  const { simulator, send } = useSimulator();

  it('is accepted and remembered', async () => {
    const { status, body } = await send(read);

    expect(status).to.equal(200);
    expect(body).to.deep.equal({ success: true });
    expect(simulator().transcript()[0]).to.deep.include({
      kind: 'read',
      id: WAMID,
      phoneNumberId: PHONE_NUMBER_ID,
    });
  });

  it('may show that an answer is being typed', async () => {
    const typing = { ...read, typing_indicator: { type: 'text' } };

    expect((await send(typing)).body).to.deep.equal({ success: true });
  });
});

describe('a read receipt is refused with', () => {
  refuses([
    ['no message', { status: 'read' }, 131008, 'message_id'],
    ['no message ID', { ...read, message_id: '17' }, 131009, 'wamid'],
    ['another status', { ...read, status: 'delivered' }, 131009, 'status'],
    ['a recipient', { ...read, to: '15550100' }, 100, '"to"'],
    [
      'another sign of typing',
      { ...read, typing_indicator: { type: 'audio' } },
      131009,
      "typing_indicator['type']",
    ],
  ]);
});
