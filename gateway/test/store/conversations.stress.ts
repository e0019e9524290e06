import { rounds } from '../../../test/stress';
import { describeConversations } from '../support/conversations';

describeConversations('conversations', { rounds: rounds(), length: 400 });
