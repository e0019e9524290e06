import { expect } from 'chai';
import { readMessage, withCallbackData } from '../../src/broadcast/message';
import type { ApiRequest } from '../../src/graph/api-request';

const body = { to: '+1 202 555 1000', type: 'text', text: { body: 'Hi' } };
const callTo = (...parts: string[]): ApiRequest => ({
  method: 'POST',
  parts,
  body,
});

describe('a message in a call', () => {
  it('is read, with the person however the number is written', () => {
    expect(readMessage(callTo('17', 'messages'))).to.include({
      to: '+1 202 555 1000',
      person: '12025551000',
    });
  });

  it('is read also where only marketing goes, but takes no callback data there', () => {
    const call = callTo('17', 'marketing_messages');
    const message = readMessage(call);

    expect(message).to.include({ to: '+1 202 555 1000' });
    expect(withCallbackData(call, message!, 'P-1')).to.equal(body);
  });

  it('is none when it goes elsewhere', () => {
    expect(readMessage(callTo('17', 'media'))).to.equal(undefined);
    expect(
      readMessage({ ...callTo('17', 'messages'), method: 'GET' }),
    ).to.equal(undefined);
  });
});
