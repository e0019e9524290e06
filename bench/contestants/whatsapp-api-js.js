// whatsapp-api-js, with the fetch that it lets its users choose: Node's own,
// turned to another host, as it has no other way to reach one.
import { WhatsAppAPI } from 'whatsapp-api-js';
import { Text } from 'whatsapp-api-js/messages';

export function connect({ origin, version, phoneNumberId, token }) {
  const client = new WhatsAppAPI({
    token,
    v: version,
    secure: false,
    ponyfill: {
      fetch: (url, init) =>
        fetch(url.replace('https://graph.facebook.com', origin), init),
    },
  });
  return async ({ to, text }) => {
    const { messages } = await client.sendMessage(
      phoneNumberId,
      { phone: to },
      new Text(text),
    );
    return messages[0].id;
  };
}
