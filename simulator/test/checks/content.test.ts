import type { Json } from '../call';
import { KINDS, WAMID } from '../messages';
import { but, refuses } from '../refusals';

const long = (length: number) => 'é'.repeat(length);
const kind = (type: string, content: unknown): Json => ({
  type,
  [type]: content,
});
const contact = (change: (contact: Json) => void) =>
  but(KINDS.contacts!, message => change(message.contacts[0]));

describe('a message is refused for its content:', () => {
  const reaction = (more: Json) =>
    kind('reaction', { message_id: WAMID, emoji: '👍', ...more });
  const place = (more: Json) =>
    kind('location', { latitude: 1, longitude: 2, ...more });
  refuses([
    ['no text', kind('text', {}), 131008, "text['body']"],
    ['empty text', kind('text', { body: ' ' }), 131008, "text['body']"],
    ['long text', kind('text', { body: long(4097) }), 131009, '4096'],
    ['text and more', kind('text', { body: 'x', bold: 1 }), 100, '"bold"'],
    [
      'a preview that is no yes or no',
      kind('text', { body: 'x', preview_url: 'true' }),
      131009,
      'preview_url',
    ],
    ['half a place', place({ longitude: undefined }), 131008, 'longitude'],
    ['no latitude', place({ latitude: 'north' }), 131009, 'latitude'],
    ['a latitude beyond the pole', place({ latitude: 91 }), 131009, '90'],
    ['longitude past 180', place({ longitude: '-180.5' }), 131009, '180'],
    ['no contacts', kind('contacts', []), 131009, '1 to 257'],
    ['contacts of no kind', kind('contacts', {}), 131009, 'array'],
    [
      'too many contacts',
      but(KINDS.contacts!, message => {
        message.contacts = Array(258).fill(message.contacts[0]);
      }),
      131009,
      '257',
    ],
    ['a contact without name', contact(c => delete c.name), 131008, 'name'],
    [
      'a name without formatted_name',
      contact(c => delete c.name.formatted_name),
      131008,
      'formatted_name',
    ],
    [
      'a formatted name alone',
      contact(c => delete c.name.first_name),
      131008,
      'beside formatted_name',
    ],
    [
      'a phone without number',
      contact(c => delete c.phones[0].phone),
      131008,
      'phone',
    ],
    [
      'a birthday',
      contact(c => (c.birthday = '28.2.1990')),
      131009,
      'birthday',
    ],
    ['a nickname', contact(c => (c.nickname = 'A')), 100, '"nickname"'],
    [
      'a reaction to nothing',
      reaction({ message_id: undefined }),
      131008,
      'id',
    ],
    [
      'a reaction to no message',
      reaction({ message_id: '1' }),
      131009,
      'wamid',
    ],
    [
      'a reaction without emoji',
      reaction({ emoji: undefined }),
      131008,
      'emoji',
    ],
    ['a reaction in words', reaction({ emoji: 'ok' }), 131009, 'emoji'],
    ['a reaction of two', reaction({ emoji: '👍👍' }), 131009, 'emoji'],
    [
      'a reaction that quotes',
      { ...reaction({}), context: { message_id: WAMID } },
      100,
      'context',
    ],
    [
      'a pin for one person',
      { ...KINDS.pin, to: '15550100', recipient_type: 'individual' },
      131051,
      'group',
    ],
    [
      'a pin for no day',
      but(KINDS.pin!, message => (message.pin.expiration_days = 0)),
      131009,
      'expiration_days',
    ],
    [
      'another pin',
      but(KINDS.pin!, message => (message.pin.type = 'glue')),
      131009,
      "pin['type']",
    ],
  ]);
});
