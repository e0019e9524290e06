import { refuse } from '../core/errors';
import type { Json } from './rules';
import { asString, text } from './values';

const USER_ID = /^[A-Z]{2}\.(ENT\.)?[0-9A-Za-z]{1,128}$/;
const PHONE = /^\+?[\d\s()[\]-]+$/;

export interface Recipient {
  to?: string;
  recipient?: string;
  isGroup: boolean;
}

export const digitsOf = (phone: string): string => phone.replace(/\D/g, '');

function checkPhone(to: string) {
  if (USER_ID.test(to))
    refuse(131009, 'A user ID goes in the param recipient, not in to.');
  const count = digitsOf(to).length;
  if (!PHONE.test(to) || count < 5 || count > 15)
    refuse(131009, 'Param to must be a phone number with country code.');
}

function checkUserId(recipient: unknown, isGroup: boolean): string {
  const id = asString(recipient, 'recipient');
  if (isGroup) refuse(131009, 'A group is named in the param to.');
  if (!USER_ID.test(id))
    refuse(131009, 'Param recipient must be a business-scoped user ID.');
  return id;
}

/** Who gets the message; `to` wins over `recipient`. */
export function recipientOf(body: Json): Recipient {
  const isGroup = body.recipient_type === 'group';
  const { to, recipient } = body;
  if (to === undefined && recipient === undefined)
    refuse(131008, 'The parameter to, or recipient, is required.');
  const userId =
    recipient === undefined ? undefined : checkUserId(recipient, isGroup);
  if (to === undefined) return { recipient: String(userId), isGroup };
  text()(to, 'to');
  const given = asString(to, 'to');
  if (!isGroup) checkPhone(given);
  return { to: given, isGroup };
}
