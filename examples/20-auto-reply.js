// Answers everybody who has written; runs on a webhook, needs data { entry }.
parseWebhook();
each(
  $.data.messages,
  reply(
    `Thank you, ${$.data.name}. The clinic answers from Monday to Friday, 8 to 17.`,
  ),
);
