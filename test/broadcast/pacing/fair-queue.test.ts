import { FairQueue } from '../../../src/broadcast/pacing/recipients';
import { expect } from 'chai';

const A = '15550100001';
const B = '15550100002';
const C = '15550100003';

/** The order of items when the first has told its recipient. */
function orderOf(items: unknown[], recipient: string): number[] {
  const queue = new FairQueue<number>(items);
  const order: number[] = [];
  for (const [index, value] of items.entries()) {
    if (!queue.defer(value, index)) order.push(index);
    if (index === 0) queue.learn(value, recipient);
  }
  return [...order, ...queue.rounds()];
}

describe('the fair queue', () => {
  const phones = [A, A, A, B, B, C];
  const FAIR = [0, 3, 5, 1, 4, 2];

  it('takes one item of each recipient before the second of any', () => {
    const items = phones.map((phone, id) => ({ id, phone }));

    expect(orderOf(items, A)).to.deep.equal(FAIR);
  });

  const FORMS: [string, (phone: string) => unknown][] = [
    ['deep inside', (phone: string) => ({ to: [{ a: { phone } }] })],
    ['as the item itself', (phone: string) => phone],
    ['as a number', (phone: string) => ({ phone: Number(phone) })],
    [
      'as people write it',
      (phone: string) => ({ phone: `+1 ${phone.slice(1)}` }),
    ],
    [
      'without its country',
      (phone: string) => ({ phone: `0${phone.slice(1)}` }),
    ],
  ];
  for (const [form, toItem] of FORMS) {
    it(`finds a recipient ${form}`, () => {
      expect(orderOf(phones.map(toItem), A)).to.deep.equal(FAIR);
    });
  }

  it('knows users and groups by their IDs', () => {
    const items = ['US.a', 'US.a', 'US.b'].map(user => ({ user }));

    expect(orderOf(items, 'US.a')).to.deep.equal([0, 2, 1]);
  });

  it('takes the field that tells recipients apart, when two hold the recipient', () => {
    const items = phones.map(phone => ({ clinic: A, phone }));

    expect(orderOf(items, A)).to.deep.equal(FAIR);
  });

  it('keeps the order of the list when no field holds the recipient', () => {
    const items = phones.map((_, id) => ({ id }));

    expect(orderOf(items, A)).to.deep.equal([0, 1, 2, 3, 4, 5]);
  });

  it('keeps the order of the list when it takes the wrong field', () => {
    const items = phones.map(() => ({ clinic: A }));

    expect(orderOf(items, A)).to.deep.equal([0, 1, 2, 3, 4, 5]);
  });

  it('lets an item go at once whose field is missing or cannot be read', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    const items = [{ phone: A }, proxy, null, {}, { phone: A }, { phone: B }];

    expect(orderOf(items, A)).to.deep.equal([0, 1, 2, 3, 5, 4]);
  });

  it('finds no recipient in a circle', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = [circle, circle];

    expect(orderOf([circle, circle], A)).to.deep.equal([0, 1]);
  });

  it('loses no item of many', () => {
    const items = Array.from({ length: 10_000 }, (_, id) => ({
      phone: `1555${String((id * id) % 1237).padStart(7, '0')}`,
    }));

    const order = orderOf(items, items[0]!.phone);

    expect(new Set(order)).to.have.property('size', 10_000);
  });
});
