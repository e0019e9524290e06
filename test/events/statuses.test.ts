import { parse } from '../../src/events/parse';
import { expect } from 'chai';
import fc from 'fast-check';
import { only, payload, webhook } from './fixtures';
import { propertyRuns } from '../stress';

const read = (fixture: string) => only('statuses', `status-${fixture}`);

describe('a status', () => {
  it('is read whole', () => {
    const { raw, ...status } = read('sent');

    expect(raw).to.include({ biz_opaque_callback_data: 'visit-17' });
    expect(status).to.deep.equal({
      id: 'wamid.OUT001',
      status: 'sent',
      timestamp: '2026-01-05T12:00:00.000Z',
      to: '254700000001',
      phoneNumberId: '300400500600701',
      displayPhoneNumber: '254711000000',
      wabaId: '200300400500601',
      pricing: {
        billable: true,
        pricing_model: 'PMP',
        type: 'regular',
        category: 'utility',
      },
      callbackData: 'visit-17',
    });
  });

  it('has the conversation of the older pricing', () => {
    expect(read('delivered').conversation).to.include({ id: 'c0ffee' });
  });

  it('has the code of an error as a number', () => {
    const [error] = read('failed').errors ?? [];

    expect(error).to.include({ code: 131049, title: 'Not delivered' });
    expect(error?.error_data?.details).to.match(/not delivered/);
  });

  it('names the member of a group in both spellings', () => {
    const group = {
      recipientType: 'group',
      to: 'R3JvdXBPZkhlYWx0aFdvcmtlcnM=',
    };

    expect(read('group')).to.include({ ...group, participant: '254700000001' });
    expect(read('group-other-spelling')).to.include({
      ...group,
      participant: '254700000002',
    });
  });

  it('tells the members of a group apart who show no number', () => {
    const contacts = [{ wa_id: '1', user_id: 'KE.1' }];
    const about = { id: 'wamid.1', status: 'read', recipient_type: 'group' };
    const statuses = [
      { ...about, recipient_participant_id: '1' },
      { ...about, recipient_participant_user_id: 'KE.2' },
      { ...about, recipient_participant_user_id: 'KE.3' },
    ];

    const events = parse(webhook('messages', { contacts, statuses }));

    expect(
      events.statuses.map(({ participant, userId }) => [participant, userId]),
    ).to.deep.equal([
      ['1', 'KE.1'],
      ['KE.2', 'KE.2'],
      ['KE.3', 'KE.3'],
    ]);
  });

  it('has a recipient without a number', () => {
    const status = read('user-id');

    expect(status).to.not.have.property('to');
    expect(status.userId).to.equal('KE.13491208655302741918');
  });

  it('takes the user ID of the contact when it has none itself', () => {
    const contacts = [{ wa_id: '1', user_id: 'KE.1' }];
    const statuses = [{ id: 'wamid.1', status: 'sent', recipient_id: '1' }];

    const events = parse(webhook('messages', { contacts, statuses }));

    expect(events.statuses[0]?.userId).to.equal('KE.1');
  });

  it('has the price of a group message, which Meta tells a level lower', () => {
    expect(read('group-pricing').pricing).to.deep.equal({
      billable: true,
      pricing_model: 'PMP',
      category: 'group_utility',
    });
  });

  it("has the parent's ID by any of its names, and the hash of the identity", () => {
    for (const name of [
      'recipient_parent_user_id',
      'parent_recipient_user_id',
      'parent_user_id',
    ]) {
      const about = { recipient_identity_key_hash: 'h', [name]: 'KE.ENT.1' };
      const statuses = [{ id: 'wamid.1', status: 'sent', ...about }];

      expect(parse(webhook('messages', { statuses })).statuses[0]).to.include({
        userId: 'KE.ENT.1',
        parentUserId: 'KE.ENT.1',
        identityKeyHash: 'h',
      });
    }
  });

  it('passes through when it is new', () => {
    expect(read('new').status).to.equal('archived');
  });
});

describe('collapsed statuses', () => {
  const collapse = (statuses: object[]) =>
    parse(webhook('messages', { statuses }), { collapse: true }).statuses;
  const of = (status: string, id = 'wamid.1') => ({ id, status });

  it('are one a message, in the order of the messages', () => {
    const { statuses } = parse(payload('several'), { collapse: true });

    expect(statuses.map(({ id, status }) => [id, status])).to.deep.equal([
      ['wamid.OUT002', 'read'],
      ['wamid.OUT003', 'failed'],
    ]);
  });

  it('are not collapsed without being asked', () => {
    expect(parse(payload('several')).statuses).to.have.length(5);
    expect(
      parse(payload('several'), { collapse: false }).statuses,
    ).to.have.length(5);
  });

  const STATES = ['sent', 'delivered', 'read', 'played', 'failed'];
  const furthest = (states: string[]) =>
    STATES.filter(state => states.includes(state)).at(-1);

  it('are the furthest, whatever order they came in', () => {
    const some = fc.shuffledSubarray(STATES, { minLength: 1 });

    fc.assert(
      fc.property(some, states => {
        const [status, ...others] = collapse(states.map(state => of(state)));

        expect(status?.status).to.equal(furthest(states));
        expect(others).to.be.empty;
      }),
      propertyRuns(),
    );
  });

  it('stand apart for each member of a group', () => {
    const member = (status: string, number: string) => ({
      ...of(status),
      recipient_participant_id: number,
    });

    const statuses = collapse([
      member('delivered', '1'),
      member('read', '2'),
      member('read', '1'),
    ]);

    expect(statuses.map(s => [s.participant, s.status])).to.deep.equal([
      ['1', 'read'],
      ['2', 'read'],
    ]);
  });

  it('keep a status that is new beside the others', () => {
    const statuses = collapse([of('sent'), of('archived'), of('read')]);

    expect(statuses.map(s => s.status)).to.deep.equal(['read', 'archived']);
  });
});
