// Goes on after a run that was killed, from the statuses that the gateway keeps; needs data { patients, startedAt }.
fn(state => ({ ...state, ...state.data }));
// All of them: whoever is not on the list gets the message again.
listMessages(undefined, {
  direction: 'outbound',
  since: $.startedAt,
  limit: 1000000,
});
fn(state => {
  // What was sent without a key is no message of this broadcast.
  const done = state.data.filter(message => message.callbackData);
  return { ...state, done };
});
// Wait until no new status has come for 15 minutes, or who has none gets it twice.
broadcast(
  $.patients,
  sendTemplate($.data.phone, 'visit_reminder', [$.data.name, $.data.date]),
  { key: `${$.data.id} ${$.data.date}`, skip: $.done },
);
