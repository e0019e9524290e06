import { expect } from 'chai';
import { listQuarantine, quarantine } from '../../src/store/quarantine';
import { rejects } from '../support/rejects';
import { describeStores } from '../support/stores';

describeStores('quarantine', store => {
  const add = (body: string) =>
    quarantine(store().database, 'NOT_JSON', Buffer.from(body), {
      ...{ bytes: 10, rows: 3 },
    });

  it('keeps so many bytes, and refuses more', async () => {
    await add('123456');

    await rejects(add('12345'), 'QUARANTINE_FULL');
    await add('1234');

    const { data } = await listQuarantine(store().database, { limit: 10 });
    expect(data.map(({ size }) => size)).to.deep.equal([6, 4]);
  });

  it('keeps so many bodies, also empty ones', async () => {
    for (const body of ['', '', '']) await add(body);

    await rejects(add(''), 'QUARANTINE_FULL');
  });
});
