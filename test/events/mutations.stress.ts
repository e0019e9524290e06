import { rounds } from '../stress';
import { attackParse } from './mutate';

describe('a webhook, however damaged', () => {
  for (const { seed, random } of rounds())
    it(`is parsed without loss: 50,000 mutations (seed ${seed})`, () => {
      attackParse(random, 50_000);
    });
});
