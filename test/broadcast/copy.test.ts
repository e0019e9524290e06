import { expect } from 'chai';
import { runInNewContext } from 'node:vm';
import { copyOf } from '../../src/broadcast/copy';

describe('copyOf', () => {
  it('copies lists and objects at any depth, of whatever realm', () => {
    const items = [
      { name: 'A', visits: [{ date: 1 }], nothing: null },
      runInNewContext("({ name: 'A', visits: [{ date: 1 }] })"),
    ];
    for (const item of items) {
      const copy = copyOf(item) as (typeof items)[0];

      expect(JSON.stringify(copy)).to.equal(JSON.stringify(item));
      expect(copy).not.to.equal(item);
      expect(copy.visits).not.to.equal(item.visits);
      expect(copy.visits[0]).not.to.equal(item.visits[0]);
    }
  });

  it('leaves alone what is no data', () => {
    const date = new Date(0);
    const file = Buffer.from('%PDF');

    for (const item of [7, 'text', null, undefined, date, file]) {
      expect(copyOf(item)).to.equal(item);
    }
  });

  it('keeps the circles of an item in the copy', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;

    const copy = copyOf(circle) as typeof circle;

    expect(copy).not.to.equal(circle);
    expect(copy['self']).to.equal(copy);
  });
});
