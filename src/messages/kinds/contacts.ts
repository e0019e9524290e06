import * as v from 'valibot';
import {
  anyList,
  anyText,
  list,
  object,
  optional,
  text,
  withRules,
} from '../../schema/rules';
import type { Rule } from '../../schema/rules';
import { defineKind } from './kind';
import { LIMITS } from './limits';

const words = () => optional(anyText());
/** Digits, which a spreadsheet has as a number. */
const digits = () => optional(v.pipe(anyText(), v.metadata({ isId: true })));

type Name = Record<(typeof NAME_PARTS)[number], string | undefined>;

const NAME_PARTS = [
  'first_name',
  'last_name',
  'middle_name',
  'prefix',
  'suffix',
] as const;

const secondNamePart: Rule = {
  summary: 'formatted_name and one more part',
  isValid: (name: Name) => NAME_PARTS.some(part => name[part]?.trim()),
  message: 'has no part beside formatted_name',
  fix: 'Add a first_name, or another part of the name.',
};

const calendarDate: Rule = {
  summary: 'YYYY-MM-DD',
  isValid: (date: string) =>
    /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(date),
  message: 'is not a date as YYYY-MM-DD',
  fix: 'Write it as in 1999-01-23.',
};

const contact = object({
  name: withRules(
    object({
      formatted_name: text(),
      first_name: words(),
      last_name: words(),
      middle_name: words(),
      prefix: words(),
      suffix: words(),
    }),
    secondNamePart,
  ),
  phones: optional(
    anyList(object({ phone: digits(), type: words(), wa_id: digits() })),
  ),
  emails: optional(anyList(object({ email: words(), type: words() }))),
  addresses: optional(
    anyList(
      object({
        street: words(),
        city: words(),
        state: words(),
        zip: digits(),
        country: words(),
        country_code: words(),
        type: words(),
      }),
    ),
  ),
  org: optional(
    object({ company: words(), department: words(), title: words() }),
  ),
  urls: optional(anyList(object({ url: words(), type: words() }))),
  birthday: optional(withRules(text(), calendarDate)),
});

export const contacts = defineKind({
  summary:
    'Contact cards; a phone with its wa_id gets a button to chat with it.',
  link: 'https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/contacts-messages',
  schema: list(contact, 1, LIMITS.contacts),
  examples: [
    [
      {
        name: {
          formatted_name: 'Dr. Amina Zawadi Yusuf Jr.',
          first_name: 'Amina',
          last_name: 'Yusuf',
          middle_name: 'Zawadi',
          prefix: 'Dr.',
          suffix: 'Jr.',
        },
        phones: [
          { phone: '+254 700 000 001', type: 'WORK', wa_id: '254700000001' },
        ],
        emails: [{ email: 'amina@clinic.example', type: 'WORK' }],
        addresses: [
          {
            street: '12 River Road',
            city: 'Nairobi',
            state: 'Nairobi',
            zip: '00100',
            country: 'Kenya',
            country_code: 'ke',
            type: 'WORK',
          },
        ],
        org: {
          company: 'Health center',
          department: 'Maternity',
          title: 'Midwife',
        },
        urls: [{ url: 'https://clinic.example', type: 'WORK' }],
        birthday: '1989-01-23',
      },
    ],
    [{ name: { formatted_name: 'Moussa', first_name: 'Moussa' } }],
  ],
});
