// Goes on where the last run had to stop, and repeats nothing that is done; needs data { patients }.
broadcast(
  state => state.remaining ?? state.data.patients,
  sendTemplate($.data.phone, 'visit_reminder', [$.data.name, $.data.date]),
  { key: $.data.id, skip: $.done, deadline: 240000 },
);
// A run that starts by the clock begins with the state of the last one.
fn(state => {
  const { sent, unknown, remaining } = state.data;
  const keys = [...sent, ...unknown].map(row => row.key);
  return { ...state, remaining, done: [...(state.done ?? []), ...keys] };
});
