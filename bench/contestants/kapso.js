// @kapso/whatsapp-cloud-api, which takes a base URL.
import { WhatsAppClient } from '@kapso/whatsapp-cloud-api';

export function connect({ origin, version, phoneNumberId, token }) {
  const client = new WhatsAppClient({
    accessToken: token,
    baseUrl: origin,
    graphVersion: version,
  });
  return async ({ to, text }) => {
    const { messages } = await client.messages.sendText({
      phoneNumberId,
      to,
      body: text,
      recipientType: 'individual',
    });
    return messages[0].id;
  };
}
