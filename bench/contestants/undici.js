// Raw undici, which all others are compared with: the least that a send can cost.
import { Pool } from 'undici';
import { bodyOf } from '../message.js';

export function connect({ origin, version, phoneNumberId, token }) {
  const pool = new Pool(origin);
  const path = `/${version}/${phoneNumberId}/messages`;
  // The same headers as the adaptor's.
  const headers = {
    'user-agent': 'openfn-language-whatsapp',
    'content-type': 'application/json',
    authorization: `Bearer ${token}`,
  };
  return async message => {
    const answer = await pool.request({
      method: 'POST',
      path,
      headers,
      body: JSON.stringify(bodyOf(message)),
    });
    const { messages } = await answer.body.json();
    return messages[0].id;
  };
}
