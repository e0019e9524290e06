import { expect } from 'chai';
import { parse } from '../../src/events/parse';
import { only, webhook } from './fixtures';

const read = (fixture: string) => only('messages', `message-${fixture}`);

describe('the person of an inbound message', () => {
  const contacts = [
    { profile: { name: 'Nobody' }, wa_id: '', user_id: '' },
    { profile: { name: 'Baraka' }, wa_id: '2', user_id: 'KE.2' },
    { profile: { name: 'Amina' }, wa_id: '1' },
  ];
  const personOf = (message: object) => {
    const messages = [{ id: 'wamid.1', ...message }];
    const events = parse(webhook('messages', { contacts, messages }));
    const { from, userId, name } = events.messages[0] ?? {};
    return { from, userId, name };
  };

  it('is found without a number', () => {
    const { from, userId, name, username } = read('text-username');

    expect(from).to.equal(undefined);
    expect(userId).to.equal('KE.13491208655302741918');
    expect({ name, username }).to.deep.equal({
      name: 'Baraka Otieno',
      username: '@baraka',
    });
  });

  it('is found by the number or the user ID, not by the position', () => {
    expect(personOf({ from: '1' })).to.include({ name: 'Amina' });
    expect(personOf({ from: '2' })).to.include({
      name: 'Baraka',
      userId: 'KE.2',
    });
    expect(personOf({ from_user_id: 'KE.2' })).to.include({ name: 'Baraka' });
  });

  it('is nobody rather than somebody else', () => {
    const nobody = { from: undefined, userId: undefined, name: undefined };

    expect(personOf({ from: '3' })).to.deep.equal({ ...nobody, from: '3' });
    expect(personOf({ from: '' })).to.deep.equal(nobody);
    expect(personOf({})).to.deep.equal(nobody);
  });
});
