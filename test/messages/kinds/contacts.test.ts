import { expect } from 'chai';
import { LIMITS } from '../../../src/messages/kinds/limits';
import { buildMessage } from '../../../src/messages/message';
import { refused, to } from './send-kind';

describe('contacts', () => {
  const named = (more: object = {}) => ({
    name: { formatted_name: 'Moussa', first_name: 'Moussa' },
    ...more,
  });

  it('are 257 at most', () => {
    const several = (length: number) => Array.from({ length }, () => named());

    buildMessage(to, { contacts: several(LIMITS.contacts) });
    expect(refused({ contacts: several(258) }).description).to.contain(
      'has 258 items',
    );
    expect(refused({ contacts: [] }).description).to.contain('has 0 items');
  });

  it('have a name of two parts, in Meta’s sense', () => {
    for (const first_name of [undefined, '', ' ']) {
      expect(
        refused({ contacts: [{ name: { formatted_name: 'A', first_name } }] })
          .description,
      ).to.equal('message.contacts[0].name has no part beside formatted_name.');
    }
  });

  it('have a birthday as Meta writes dates', () => {
    buildMessage(to, { contacts: [named({ birthday: '2024-02-29' })] });

    for (const birthday of ['1.2.1999', '1999-1-2', '1999-13-01', '']) {
      expect(
        refused({ contacts: [named({ birthday })] }).description,
      ).to.contain('birthday is ');
    }
  });
});
