import { expect } from 'chai';
import { LIMITS } from '../../../../src/messages/kinds/limits';
import { body, refused, send, times } from './send-interactive';

describe('limits of a list', () => {
  const rows = (count: number, from = 0) =>
    times(count, index => ({
      id: `row ${from + index}`,
      title: `Row ${from + index}`,
    }));
  const message = (sections: unknown[], more = {}) => ({
    type: 'list',
    body,
    action: { button: 'Open', sections },
    ...more,
  });

  it('are ten rows in one section', () => {
    send(message([{ rows: rows(LIMITS.list.rows) }]));

    expect(refused(message([{ rows: rows(11) }]))).to.contain('has 11 items');
    expect(refused(message([{ rows: [] }]))).to.contain('has 0 items');
  });

  it('are ten rows in all sections together', () => {
    const first = { title: 'A', rows: rows(5) };

    send(message([first, { title: 'B', rows: rows(5, 5) }]));
    expect(
      refused(message([first, { title: 'B', rows: rows(6, 5) }])),
    ).to.contain('more than 10 rows in all');
  });

  it('are ten sections', () => {
    const sections = (count: number) =>
      times(count, index => ({ title: `${index}`, rows: rows(1, index) }));

    send(message(sections(LIMITS.list.sections)));
    expect(refused(message(sections(11)))).to.contain('has 11 items');
    expect(refused(message([]))).to.contain('has 0 items');
  });

  it('are a title for each section, unless there is one only', () => {
    send(message([{ rows: rows(1) }]));

    expect(
      refused(message([{ title: 'A', rows: rows(1) }, { rows: rows(1, 1) }])),
    ).to.contain('one of them without a title');
  });

  it('forbid the same row ID twice, also in two sections', () => {
    expect(
      refused(
        message([
          { title: 'A', rows: rows(1) },
          { title: 'B', rows: rows(1) },
        ]),
      ),
    ).to.contain('the same row id twice');
  });

  it('are a header of text only', () => {
    send(message([{ rows: rows(1) }], { header: { type: 'text', text: 'A' } }));

    expect(
      refused(
        message([{ rows: rows(1) }], {
          header: { type: 'image', image: { id: '1' }, text: 'A' },
        }),
      ),
    ).to.equal(
      'message.interactive.header.type is none of the words that it can be.',
    );
  });
});
