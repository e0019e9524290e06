import { killGateways } from '../support/processes';
import { itKeepsOrder } from '../support/kills';

describe('two gateways with FORWARD_ORDER=person', () => {
  afterEach(killGateways);

  itKeepsOrder('keep the order of each person when one is killed', {
    ...{ people: 10, messages: 10, kills: 1 },
    random: () => 0.5,
  });
});
