import { rounds } from '../stress';
import { attackParse } from './mutate';

describe('a webhook, a little damaged', () => {
  it('is parsed without loss: 1,000 mutations', () => {
    const [round] = rounds();
    attackParse(round!.random, 1000);
  });
});
