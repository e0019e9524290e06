import { all, ensure, list, object, optional } from './rules';
import { matching, text, words } from './values';

const MOST = 257;
const NAME_PARTS = [
  'first_name',
  'last_name',
  'middle_name',
  'prefix',
  'suffix',
];

const maybe = (...keys: string[]) =>
  Object.fromEntries(keys.map(key => [key, optional(words())]));

const many = (fields: Parameters<typeof object>[0]) =>
  optional(list(object(fields), 0, Infinity));

const name = all(
  object({ formatted_name: text(), ...maybe(...NAME_PARTS) }),
  ensure(
    given => NAME_PARTS.some(part => given[part]),
    `needs one of {${NAME_PARTS.join(', ')}} beside formatted_name`,
    131008,
  ),
);

const contact = object({
  name,
  phones: many({ phone: text(), ...maybe('type', 'wa_id') }),
  emails: many({ email: text(), ...maybe('type') }),
  urls: many({ url: text(), ...maybe('type') }),
  addresses: many(
    maybe('street', 'city', 'state', 'zip', 'country', 'country_code', 'type'),
  ),
  org: optional(object(maybe('company', 'department', 'title'))),
  birthday: optional(matching(/^\d{4}-\d\d-\d\d$/, 'a date (YYYY-MM-DD)')),
});

export const contacts = list(contact, 1, MOST);
