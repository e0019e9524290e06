import { rounds } from '../../../test/stress';
import { killGateways } from '../support/processes';
import { itKeepsOrder } from '../support/kills';

describe('two gateways with FORWARD_ORDER=person that are killed 10 times', () => {
  afterEach(killGateways);

  for (const { seed, random } of rounds()) {
    itKeepsOrder(`keep the order of 100 people (seed ${seed})`, {
      ...{ people: 100, messages: 50, kills: 10 },
      random,
    });
  }
});
