import { asObject, asText } from './fields';
import type { Fields } from './fields';

/** What the contacts of a payload know of a person. */
export type Person = {
  userId: string | undefined;
  name: string | undefined;
  username: string | undefined;
};

/**
 * The person with this number or user ID. Not by position: contacts and
 * messages need not stand in the same order, nor in the same number.
 */
export function findPerson(
  contacts: Fields[],
  number: string | undefined,
  userId: string | undefined,
): Person {
  // Meta sends empty texts for what it does not tell; two of them are no match.
  const contact = contacts.find(
    ({ wa_id, user_id }) =>
      (number !== undefined && asText(wa_id) === number) ||
      (userId !== undefined && asText(user_id) === userId),
  );
  const profile = asObject(contact?.['profile']);
  return {
    userId: userId ?? asText(contact?.['user_id']),
    name: asText(profile?.['name']),
    username: asText(profile?.['username']),
  };
}
