import { newDataFolder } from '../support/folders';
import { killGateways } from '../support/processes';
import { REFUSALS, forwardAll } from '../support/refusals';

describe('messages that the destination always refuses', () => {
  afterEach(killGateways);

  it('hold up none of the others, however they are refused', async () => {
    const GATEWAY_DATA = await newDataFolder();

    await forwardAll(
      { GATEWAY_DATA },
      {
        good: 100,
        refusals: Object.values(REFUSALS),
        random: () => 0.3,
        latency: 0,
      },
    );
  });
});
