import { parse } from '../../src/events/parse';
import { expect } from 'chai';
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

  it('is told by a user ID in the place of a number', () => {
    expect(personOf({ from: 'KE.2' })).to.deep.equal({
      from: '2',
      userId: 'KE.2',
      name: 'Baraka',
    });
    expect(personOf({ from: 'US.7' })).to.deep.equal({
      from: undefined,
      userId: 'US.7',
      name: undefined,
    });
  });

  it('is told by the ID of the parent alone', () => {
    const message = read('text-parent-id');

    expect(message).to.include({
      userId: 'KE.ENT.11815799212886844830',
      parentUserId: 'KE.ENT.11815799212886844830',
      name: 'Amina Yusuf',
      identityKeyHash: 'DF2lS5v2W6x=',
    });
    expect(message).to.not.have.property('from');
    expect(message.contact).to.have.nested.property(
      'profile.country_code',
      'KE',
    );
  });

  it('is found by the number in another spelling', () => {
    for (const [from, wa_id] of [
      ['5511987654321', '551187654321'],
      ['551187654321', '5511987654321'],
      ['5215512345678', '525512345678'],
      ['5491123456789', '541123456789'],
      ['+254 700 000001', '254700000001'],
    ]) {
      const two = [{ wa_id: '1', profile: { name: 'Nobody' } }];
      const contacts = [
        ...two,
        { wa_id, user_id: 'BR.1', profile: { name: 'Ana' } },
      ];
      const messages = [{ id: 'wamid.1', from }];

      const [message] = parse(
        webhook('messages', { contacts, messages }),
      ).messages;

      expect(message).to.include({ from, name: 'Ana', userId: 'BR.1' });
    }
  });
});

describe('a person who is named nowhere but among the contacts', () => {
  const amina = { profile: { name: 'Amina' }, wa_id: '1', user_id: 'KE.1' };
  const senderOf = (contacts: object[], message: object = {}) => {
    const messages = [{ id: 'wamid.1', ...message }];
    const [first] = parse(webhook('messages', { contacts, messages })).messages;
    const { from, userId, name } = first ?? {};
    return { from, userId, name };
  };

  it('is the only contact', () => {
    const person = { from: '1', userId: 'KE.1', name: 'Amina' };

    expect(senderOf([amina])).to.deep.equal(person);
    expect(senderOf([amina], { from_user_id: 'KE.1' })).to.deep.equal(person);
    expect(senderOf([{ profile: amina.profile }], { from: '1' })).to.include({
      from: '1',
      name: 'Amina',
    });
  });

  it('is nobody when there are two', () => {
    const two = [amina, { ...amina, wa_id: '2', user_id: 'KE.2' }];

    expect(senderOf(two)).to.deep.equal({
      from: undefined,
      userId: undefined,
      name: undefined,
    });
  });

  it('is nobody when the only contact is somebody else', () => {
    expect(senderOf([amina], { from: '2' })).to.deep.equal({
      from: '2',
      userId: undefined,
      name: undefined,
    });
    expect(senderOf([amina], { from_user_id: 'KE.2' }).name).to.equal(
      undefined,
    );
  });

  it('is nobody when nothing says that the only contact is meant', () => {
    const contacts = [{ ...amina, wa_id: '' }];
    const value = {
      contacts,
      messages: [
        { id: 'wamid.1', from_user_id: 'KE.1' },
        { id: 'wamid.2', from: '2' },
        { id: 'wamid.3', from: '3', type: 'system' },
      ],
      statuses: [{ id: 'wamid.4', status: 'sent', recipient_id: '4' }],
    };

    const { messages, notices, statuses } = parse(webhook('messages', value));

    expect(messages[0]).to.include({ userId: 'KE.1', name: 'Amina' });
    for (const event of [messages[1], notices[0], statuses[0]]) {
      expect(event).to.not.have.any.keys('userId', 'name', 'contact');
    }
  });
});
