import { rounds } from '../../../test/stress';
import { describeConversations } from '../support/conversations';

describeConversations('conversations, in short', {
  rounds: rounds().slice(0, 1),
  length: 60,
});
