// What every contestant sends, and with which credential.

export const api = {
  version: 'v25.0',
  phoneNumberId: '106540352242922',
  token: 'EAAGm0PX4ZCpsBAKZCinventedinventedinventedinventedinvented',
};

/** The credential as OpenFn gives it to an operation. */
export const configurationOf = ({ origin, version, phoneNumberId, token }) => ({
  baseUrl: origin,
  apiVersion: version,
  phoneNumberId,
  apiToken: token,
});

/** No two are the same, so that nobody gains by remembering one. */
export const messageOf = number => ({
  to: '254712345678',
  text: `Dear Amina, your visit is tomorrow at 9:30. Your number is ${number}.`,
});

export const bodyOf = ({ to, text }) => ({
  messaging_product: 'whatsapp',
  recipient_type: 'individual',
  to,
  type: 'text',
  text: { body: text },
});
