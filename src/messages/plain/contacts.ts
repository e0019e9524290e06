import { readFields, readLabel } from './fields';
import type { Names } from '../../schema/describe-issue';
import { refuse } from '../../core/errors';
import { isBlank, isObject } from '../../core/values';
import { readNumberText } from '../../recipients/recipient';
import type { SendOptions } from '../../types';
import { buildPlainMessage } from '../message';
import { sendOptions } from '../send-options';
import type { OutgoingMessage } from '../message';
import { readOptions } from '../../core/arguments';

const PLAIN = [
  'firstName',
  'middleName',
  'lastName',
  'phone',
  'phoneType',
  'email',
  'emailType',
  'birthday',
  'company',
] as const;

type PlainContact = { readonly [Name in (typeof PLAIN)[number]]?: string };

const SINGLE: Names = { '[0]': 'contacts' };

/** A message with contact cards: one or a list, in plain fields or in Meta's shape. */
export function buildContacts(
  to: unknown,
  contacts: unknown,
  rawOptions?: unknown,
): OutgoingMessage {
  const options = readOptions<SendOptions>(rawOptions, sendOptions);
  const content = Array.isArray(contacts)
    ? contacts.map((contact, index) =>
        readContact(contact, `contacts[${index}]`),
      )
    : [readContact(contacts, 'contacts')];
  const names = Array.isArray(contacts) ? {} : SINGLE;
  return buildPlainMessage(to, 'contacts', content, options, names);
}

/** Meta's shape is known by its `name`, which is an object. */
const readContact = (contact: unknown, at: string) =>
  isObject(contact) && isObject(contact['name'])
    ? contact
    : buildCard(readPlain(contact, at), at);

/** The plain fields that hold something, as text. */
function readPlain(contact: unknown, at: string): PlainContact {
  const fields = readFields(contact, at, PLAIN);
  const plain: { [name: string]: string } = {};
  for (const name of PLAIN) {
    if (isBlank(fields[name])) continue;
    const label = readLabel(fields[name], `${at}.${name}`).trim();
    plain[name] =
      name === 'phone' ? readNumberText(label, phoneSubject(at)) : label;
  }
  return plain;
}

/** A card may show a number as it is dialed at home, but none that a spreadsheet made of it. */
const phoneSubject = (at: string) => ({
  noun: `${at}.phone`,
  code: 'INVALID_MESSAGE',
});

function buildCard(contact: PlainContact, at: string) {
  const { phone, phoneType, email, emailType, company, birthday } = contact;
  return {
    name: buildName(contact, at),
    ...(phone && {
      phones: [{ phone, ...(phoneType && { type: phoneType }) }],
    }),
    ...(email && {
      emails: [{ email, ...(emailType && { type: emailType }) }],
    }),
    ...(company && { org: { company } }),
    ...(birthday && { birthday }),
  };
}

function buildName(
  { firstName, middleName, lastName }: PlainContact,
  at: string,
) {
  if (!firstName && !lastName) {
    return refuse(
      'INVALID_MESSAGE',
      `${at} has neither firstName nor lastName.`,
      'Give one of the two; WhatsApp shows no contact without a name.',
    );
  }
  return {
    formatted_name: [firstName, middleName, lastName].filter(Boolean).join(' '),
    ...(firstName && { first_name: firstName }),
    ...(middleName && { middle_name: middleName }),
    ...(lastName && { last_name: lastName }),
  };
}
