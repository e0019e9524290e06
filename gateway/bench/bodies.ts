import {
  message,
  newId,
  sign,
  status,
  webhook,
} from '../test/support/payloads';

export type Signed = { body: string; signature: string };

const KINDS = ['message', 'sent', 'delivered', 'read'] as const;

/** Signed webhooks as a broadcast brings them: for each answer three statuses, each with an ID of its own. */
export function signedBody(i: number): Signed {
  const kind = KINDS[i % KINDS.length] ?? 'sent';
  const recipient = `2547${String(i % 5000).padStart(8, '0')}`;
  const contacts = [{ profile: { name: 'Amina Yusuf' }, wa_id: recipient }];
  const timestamp = String(Math.floor(Date.now() / 1000));
  const value =
    kind === 'message'
      ? {
          contacts,
          messages: [
            message('Yes, I will come on Thursday morning.', {
              from: recipient,
              timestamp,
            }),
          ],
        }
      : {
          statuses: [
            status(newId(), kind, {
              recipient_id: recipient,
              timestamp,
              pricing: {
                billable: true,
                pricing_model: 'PMP',
                category: 'utility',
              },
            }),
          ],
        };
  const body = JSON.stringify(webhook(value));
  return { body, signature: sign(body) };
}
