// Sorts messages by how far they came: sent, delivered, read or failed; runs on a webhook, needs data { entry }.
parseWebhook($.data, { collapse: true });
fn(state => {
  const report = {};
  for (const status of state.data.statuses) {
    const row = { visitId: status.callbackData, at: status.timestamp };
    if (status.errors) row.reason = status.errors[0]?.title;
    report[status.status] ??= [];
    report[status.status].push(row);
  }
  return { ...state, report };
});
