import { expect } from 'chai';
import { buildMessage } from '../../../src/messages/message';
import { refused, to } from './send-kind';

describe('an interactive message', () => {
  it('that we do not know passes, as long as it names its type', () => {
    // `constructor` is a name that every object inherits.
    for (const type of ['poll', 'constructor']) {
      const interactive = { type, options: ['A', 'B'] };

      expect(buildMessage(to, { interactive }).body).to.include({
        interactive,
      });
    }
    expect(refused({ interactive: { body: {} } }).description).to.equal(
      'message.interactive.type is missing.',
    );
    expect(refused({ interactive: { type: 5 } }).description).to.contain(
      'type is a number',
    );
  });
});
