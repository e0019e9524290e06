import { expect } from 'chai';
import { LIMITS } from '../../../../src/messages/kinds/limits';
import { body, refused, send, times } from './send-interactive';

describe('limits of a list of products', () => {
  const section = (count: number, title?: string) => ({
    ...(title && { title }),
    product_items: times(count, index => ({
      product_retailer_id: `${title} ${index}`,
    })),
  });
  const message = (sections: unknown[]) => ({
    type: 'product_list',
    header: { type: 'text', text: 'For the newborn' },
    body,
    action: { catalog_id: '1', sections },
  });

  it('are thirty products in all, in ten sections', () => {
    send(message([section(LIMITS.productList.products)]));
    send(message(times(10, index => section(3, `${index}`))));

    expect(refused(message([section(31)]))).to.contain('has 31 items');
    expect(refused(message([section(20, 'A'), section(11, 'B')]))).to.contain(
      'more than 30 products in all',
    );
    expect(
      refused(message(times(11, index => section(1, `${index}`)))),
    ).to.contain('has 11 items');
  });

  it('are a title for each section, unless there is one only', () => {
    expect(refused(message([section(1, 'A'), section(1)]))).to.contain(
      'without a title',
    );
  });

  it('forbid a header to a single product', () => {
    expect(
      refused({
        type: 'product',
        header: { type: 'text', text: 'A' },
        action: { catalog_id: '1', product_retailer_id: '1' },
      }),
    ).to.equal('message.interactive has a header, which is not allowed here.');
  });
});
