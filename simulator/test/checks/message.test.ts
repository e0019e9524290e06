import type { Json } from '../call';
import { KINDS } from '../messages';
import { refuses } from '../refusals';

const text = KINDS.text!;
const long = (length: number) => 'é'.repeat(length);
const kind = (type: string, content: unknown): Json => ({
  type,
  [type]: content,
});

describe('a message is refused around its content:', () => {
  refuses([
    ['another product', { ...text, messaging_product: 'sms' }, 100, 'product'],
    ['no product', { ...text, messaging_product: undefined }, 100, 'required'],
    ['no recipient', { ...text, to: undefined }, 131008, 'recipient'],
    ['an empty number', { ...text, to: '' }, 131008, 'to'],
    ['a number that is none', { ...text, to: 'undefined' }, 131009, 'to'],
    ['a number that is a JSON number', { ...text, to: 15550100 }, 131009, 'to'],
    ['a short number', { ...text, to: '+1555' }, 131009, 'country code'],
    ['a long number', { ...text, to: '1'.repeat(16) }, 131009, 'country code'],
    ['a user ID in to', { ...text, to: 'US.135INVENTED' }, 131009, 'recipient'],
    ['a bad user ID', { ...text, recipient: 'us.1' }, 131009, 'recipient'],
    ['a number as user ID', { ...text, recipient: '1555' }, 131009, 'user ID'],
    [
      'a user ID in a group',
      { ...text, recipient: 'US.1', recipient_type: 'group' },
      131009,
      'group',
    ],
    ['other recipients', { ...text, recipient_type: 'all' }, 131009, 'type'],
    ['no type', { text: { body: 'x' } }, 131008, 'type'],
    ['an unknown type', { type: 'fax', fax: {} }, 131051, 'type'],
    ['a type of JavaScript', { type: 'toString' }, 131051, 'type'],
    ['no content', { type: 'text' }, 131008, 'text'],
    ['content of no kind', kind('text', 'Hello'), 131009, 'JSON object'],
    ['the content of a second kind', { ...text, image: {} }, 100, '"image"'],
    ['an unknown property', { ...text, previewUrl: true }, 100, '"previewUrl"'],
    ['context without ID', { ...text, context: {} }, 131008, 'message_id'],
    [
      'context that is no message',
      { ...text, context: { message_id: '17' } },
      131009,
      "context['message_id']",
    ],
    [
      'long callback data',
      { ...text, biz_opaque_callback_data: long(513) },
      131009,
      '512',
    ],
    ['another category', { ...text, category: 'x' }, 131009, 'category'],
    ['no time to live', { ...text, ttl_seconds: 0 }, 131009, 'ttl_seconds'],
    [
      'direct text that is long',
      { ...kind('text', { body: long(1025) }), category: 'utility' },
      131009,
      '1024',
    ],
  ]);
});
