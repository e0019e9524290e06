// Sorts messages by what became of them; runs on a webhook, needs data { entry }.
parseWebhook($.data, { collapse: true });
fn(state => {
  const report = { delivered: [], failed: [] };
  for (const status of state.data.statuses) {
    const row = { visitId: status.callbackData, at: status.timestamp };
    if (status.status === 'failed') {
      report.failed.push({ ...row, reason: status.errors[0].title });
    } else {
      report.delivered.push(row);
    }
  }
  return { ...state, report };
});
