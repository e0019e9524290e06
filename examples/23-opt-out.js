// Notes who wants no more messages, and confirms it; runs on a webhook, needs data { entry }.
parseWebhook();
fn(state => ({
  ...state,
  optedOut: state.data.messages.filter(({ text = '' }) =>
    ['stop', 'acha'].includes(text.trim().toLowerCase()),
  ),
}));
broadcast(
  $.optedOut,
  reply(
    'You will get no more messages from us. Write START to get them again.',
  ),
  { key: $.data.id },
);
