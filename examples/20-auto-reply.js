// Answers everybody who has written; runs on a webhook, needs data { entry }.
parseWebhook();
broadcast(
  $.data.messages,
  reply(
    `Thank you, ${$.data.name}. The clinic answers from Monday to Friday, 8 to 17.`,
  ),
  { key: $.data.id },
);
