// Writes the answers of a survey with buttons into a register; runs on a webhook, needs data { entry }.
parseWebhook();
fn(state => {
  const answered = state.data.messages.filter(message => message.replyId);
  const answers = answered.map(({ replyId, timestamp }) => {
    const [answer, visitId] = replyId.split(':');
    return { visitId, answer, answeredAt: timestamp };
  });
  const register = [...(state.register ?? []), ...answers];
  return { ...state, answered, register };
});
// Unlike each, it goes on when one cannot be marked.
broadcast($.answered, markAsRead($.data.id), { key: $.data.id });
