import { Hono } from 'hono';
import type { Context } from 'hono';
import { checkSender } from '../account/numbers';
import { checkMessage } from '../checks/message';
import { receipt } from '../checks/receipt';
import type { Recipient } from '../checks/recipient';
import { digitsOf } from '../checks/recipient';
import type { Json } from '../checks/rules';
import { isObject } from '../checks/rules';
import { checkTemplateMatch } from '../account/template-match';
import type { Env } from '../core/env';
import { requestedError } from '../faults/requested-error';
import { requireJson, requireId, requireWhatsApp } from '../checks/request';
import { withToken } from './middleware';
import { newWamid } from '../core/wamid';
import type { State } from '../state';

const contactOf = ({ to, recipient, isGroup }: Recipient) => {
  if (to === undefined) return { input: recipient, user_id: recipient };
  return { input: to, wa_id: isGroup ? to : digitsOf(to) };
};

const accepted = (id: string, type: string, recipient: Recipient) => ({
  messaging_product: 'whatsapp',
  contacts: [contactOf(recipient)],
  messages: [
    {
      id,
      ...(recipient.isGroup && { group_id: recipient.to }),
      ...(type === 'template' && { message_status: 'accepted' }),
    },
  ],
});

const stamp = (phoneNumberId: string, message: Json) => ({
  direction: 'outbound' as const,
  phoneNumberId,
  timestamp: new Date().toISOString(),
  message,
});

function send(state: State, phoneNumberId: string, message: Json) {
  const { type, ...recipient } = checkMessage(message);
  const { to, recipient: userId, isGroup } = recipient;
  const asked = to !== undefined && !isGroup ? requestedError(to) : undefined;
  if (asked) throw asked;
  checkSender(state.numbers.of(phoneNumberId), userId ?? digitsOf(String(to)));
  if (isObject(message.template))
    checkTemplateMatch(
      message.template,
      state.templates,
      state.strictTemplates,
    );
  const id = newWamid();
  state.transcript.push({
    kind: 'message',
    id,
    ...(to !== undefined && { to }),
    ...(userId !== undefined && { recipient: userId }),
    type,
    ...stamp(phoneNumberId, message),
  });
  return accepted(id, type, recipient);
}

function markAsRead(state: State, phoneNumberId: string, message: Json) {
  receipt(message, '');
  state.transcript.push({
    kind: 'read',
    id: String(message.message_id),
    type: 'read',
    ...stamp(phoneNumberId, message),
  });
  return { success: true };
}

/** `POST /{phone-number-id}/messages`: messages and read receipts. */
export const messages = (state: State) =>
  new Hono<Env>().post('/:id/messages', withToken, async (c: Context<Env>) => {
    const phoneNumberId = requireId(c);
    const body = requireWhatsApp(await requireJson(c));
    const answer = body.status === undefined ? send : markAsRead;
    return c.json(answer(state, phoneNumberId, body));
  });
