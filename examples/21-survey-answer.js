// Writes the answers of a survey with buttons into a register; runs on a webhook, needs data { entry }.
parseWebhook();
fn(state => {
  const answers = state.data.messages
    .filter(message => message.replyId)
    .map(message => {
      const [answer, visitId] = message.replyId.split(':');
      return { visitId, answer, answeredAt: message.timestamp };
    });
  return { ...state, register: [...(state.register ?? []), ...answers] };
});
fnIf(
  state => state.register.length > 0,
  markAsRead(state => state.data.messages.find(m => m.replyId).id),
);
