import { expect } from 'chai';
import { LIMITS } from '../../../src/messages/kinds/limits';
import { buildMessage } from '../../../src/messages/message';
import { refused, to } from './send-kind';

describe('the length of a text', () => {
  it('is counted in characters, as people do', () => {
    buildMessage(to, '👍'.repeat(LIMITS.text));

    expect(
      refused({ text: { body: '👍'.repeat(LIMITS.text + 1) } }).description,
    ).to.equal(
      'message.text.body has 4097 characters; at most 4096 are allowed.',
    );
  });
});
