import { createHmac, randomUUID } from 'node:crypto';

export const SECRET = 'a secret of the app';
export const PHONE_NUMBER_ID = '106540352242922';

export const newId = () => `wamid.${randomUUID()}`;

type Item = Record<string, unknown>;

/** A text message as Meta tells it. */
export function message(text: string, more: Item = {}): Item {
  return {
    from: '254700000001',
    id: newId(),
    timestamp: '1795161600',
    type: 'text',
    text: { body: text },
    ...more,
  };
}

export function status(id: string, name: string, more: Item = {}): Item {
  return {
    id,
    status: name,
    timestamp: '1795161600',
    recipient_id: '254700000001',
    ...more,
  };
}

/** A webhook with these lists in its value. */
export function webhook(value: Item, field = 'messages') {
  const metadata = {
    display_phone_number: '15550783881',
    phone_number_id: PHONE_NUMBER_ID,
  };
  const change = {
    field,
    value: { messaging_product: 'whatsapp', metadata, ...value },
  };
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: '102290129340398', changes: [change] }],
  };
}

export function textWebhook(text: string, more: Item = {}): string {
  return JSON.stringify(webhook({ messages: [message(text, more)] }));
}

export function sign(body: string | Buffer, secret = SECRET): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/** Posts a body as Meta does. */
export function post(
  url: string,
  body: string,
  signature = sign(body),
): Promise<Response> {
  return fetch(`${url}/webhook`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-hub-signature-256': signature,
    },
  });
}
