import { expect } from 'chai';
import { buildContacts } from '../../../src/messages/plain/contacts';
import { expectBody, refusal, to } from './send-plain';

describe('buildContacts', () => {
  it('makes a card of plain fields', () => {
    const contact = {
      firstName: 'Amina',
      middleName: 'Zawadi',
      lastName: 'Yusuf',
      phone: '+254 700 000 002',
      phoneType: 'Mobile',
      email: 'amina@clinic.example',
      emailType: 'Work',
      birthday: '1989-01-23',
      company: 'Health center',
    };

    expectBody(buildContacts(to, contact), 'contacts', [
      {
        name: {
          formatted_name: 'Amina Zawadi Yusuf',
          first_name: 'Amina',
          middle_name: 'Zawadi',
          last_name: 'Yusuf',
        },
        phones: [{ phone: '+254 700 000 002', type: 'Mobile' }],
        emails: [{ email: 'amina@clinic.example', type: 'Work' }],
        org: { company: 'Health center' },
        birthday: '1989-01-23',
      },
    ]);
  });

  it('leaves out what the data has not', () => {
    const contact = {
      firstName: null,
      middleName: '',
      lastName: 'Moussa',
      phone: 254700000002,
      email: null,
      emailType: 'Work',
      birthday: undefined,
    };

    expectBody(buildContacts(to, contact), 'contacts', [
      {
        name: { formatted_name: 'Moussa', last_name: 'Moussa' },
        phones: [{ phone: '254700000002' }],
      },
    ]);
  });

  it('takes a list, also mixed with cards as Meta writes them', () => {
    const card = {
      name: { formatted_name: 'Dr. Amina', first_name: 'Amina', prefix: 'Dr.' },
      phones: [{ phone: '+254 700 000 002', wa_id: '254700000002' }],
    };

    expectBody(buildContacts(to, card), 'contacts', [card]);
    expectBody(buildContacts(to, [{ firstName: 'Moussa' }, card]), 'contacts', [
      { name: { formatted_name: 'Moussa', first_name: 'Moussa' } },
      card,
    ]);
  });

  it('speaks of its own arguments when something is wrong', () => {
    const named = { firstName: 'Amina' };

    for (const [description, contacts] of [
      ['contacts has neither firstName nor lastName.', { middleName: 'A' }],
      [
        'contacts[1] has neither firstName nor lastName.',
        [named, { firstName: ' ' }],
      ],
      [
        "contacts has a field 'firstname' that it does not know.",
        { firstname: 'A' },
      ],
      [
        "contacts[0] has a field 'name' that it does not know.",
        [{ name: 'A' }],
      ],
      ['contacts has a field that it does not know.', { '+254700000002': 'A' }],
      ['contacts.firstName is an object; it must be text.', { firstName: {} }],
      [
        'contacts[0].phone is a list; it must be text.',
        [{ ...named, phone: [] }],
      ],
      [
        'contacts.birthday is not a date as YYYY-MM-DD.',
        { ...named, birthday: '23.1.1989' },
      ],
      [
        'contacts[0].birthday is not a date as YYYY-MM-DD.',
        [{ ...named, birthday: '1989' }],
      ],
      [
        'contacts.name.formatted_name is missing.',
        { name: { first_name: 'A' } },
      ],
      ['contacts is missing; it must be an object.', undefined],
      ['contacts is text; it must be an object.', 'Amina'],
      ['contacts[0] is null; it must be an object.', [null]],
      ['contacts has 0 items; 1 to 257 are allowed.', []],
      ['contacts has 258 items; 1 to 257 are allowed.', Array(258).fill(named)],
    ] as const) {
      expect(refusal(() => buildContacts(to, contacts))).to.equal(description);
    }
  });
});
