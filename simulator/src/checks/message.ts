import { refuse } from '../core/errors';
import { contacts } from './contacts';
import { interactive } from './interactive';
import { location } from './location';
import { audio, document, image, sticker, video } from './media';
import { pin } from './pin';
import { reaction } from './reaction';
import type { Recipient } from './recipient';
import { recipientOf } from './recipient';
import type { Check, Json } from './rules';
import { object, open, optional, refuseUnknown } from './rules';
import { directText, text } from './text';
import { template } from './template';
import {
  integer,
  messageId,
  oneOf,
  text as some,
  words,
  yesOrNo,
} from './values';

/** Each kind of message, and what Meta checks of it. */
const KINDS: Record<string, Check> = {
  text,
  image,
  audio,
  video,
  document,
  sticker,
  location,
  contacts,
  reaction,
  interactive,
  template,
  pin,
};

const ENVELOPE = {
  recipient_type: optional(oneOf('individual', 'group')),
  context: optional(object({ message_id: messageId })),
  biz_opaque_callback_data: optional(words(512)),
  recipient_identity_key_hash: optional(some()),
  message_activity_sharing: optional(yesOrNo),
  category: optional(oneOf('utility', 'authentication', 'service')),
  ttl_seconds: optional(integer(1)),
  direct_send_config: optional(object({ template_name: some() })),
};

const REST = ['messaging_product', 'to', 'recipient', 'type'];

function typeOf(body: Json): string {
  const { type } = body;
  if (type === undefined) refuse(131008, 'The parameter type is required.');
  if (typeof type !== 'string' || !Object.hasOwn(KINDS, type))
    refuse(
      131051,
      `Param type must be one of {${Object.keys(KINDS).join(', ')}}.`,
    );
  return type;
}

const isDirect = (body: Json) =>
  body.category !== undefined || body.direct_send_config !== undefined;

function checkTogether(body: Json, type: string, isGroup: boolean) {
  if (type === 'reaction' && body.context !== undefined)
    refuse(100, 'Param context cannot be used with a reaction.');
  if (type === 'pin' && !isGroup)
    refuse(131051, 'A pin can be sent to a group only.');
}

/** Refuses what Meta would refuse, and tells whom the message is for. */
export function checkMessage(body: Json): Recipient & { type: string } {
  open(ENVELOPE)(body, '');
  const recipient = recipientOf(body);
  const type = typeOf(body);
  refuseUnknown(body, [...REST, ...Object.keys(ENVELOPE), type], '');
  checkTogether(body, type, recipient.isGroup);
  const content = type === 'text' && isDirect(body) ? directText : KINDS[type];
  open({ [type]: content as Check })(body, '');
  return { ...recipient, type };
}
