// Settles what a broadcast left unknown, repeats what may be repeated, and reports; needs data { phone, patients, result, webhooks }.
fn(state => ({ ...state, ...state.data }));
reconcile($.webhooks, $.result);
fn(state => {
  const again = state.data.failed.filter(row => row.error.retryable);
  const keys = again.map(row => row.key);
  return { ...state, settled: state.data, keys };
});
broadcast(
  state => state.patients.filter(({ id }) => state.keys.includes(String(id))),
  sendTemplate($.data.phone, 'visit_reminder', [$.data.name, $.data.date]),
  { key: $.data.id },
);
sendMessage(
  $.phone,
  `${$.settled.summary.sent} reached, ${$.settled.summary.unknown} still unknown, ${$.data.summary.sent} sent again.`,
);
