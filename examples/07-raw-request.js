// Sends a message in Meta's own form, with a retry of its own; needs data { phone }.
request(
  'POST',
  'messages',
  {
    messaging_product: 'whatsapp',
    to: $.data.phone,
    type: 'text',
    text: { body: 'The laboratory is closed today.' },
  },
  { retry: { attempts: 3, delay: 500 }, timeout: 10000 },
);
