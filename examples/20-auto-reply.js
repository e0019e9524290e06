// Answers everybody who has written; runs on a webhook, needs data { entry }.
parseWebhook();
// Webhooks may lack the name, and a text without a value is not sent.
broadcast(
  $.data.messages,
  reply(
    `Thank you, ${$.data.name ?? 'dear patient'}. The clinic answers from Monday to Friday, 8 to 17.`,
  ),
  { key: $.data.id },
);
