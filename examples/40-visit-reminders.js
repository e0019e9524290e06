// Reminds everybody on a CSV list of their visit, at the pace that WhatsApp allows; needs data { csv }.
// parseCsv leaves state.data as it is when the list has no rows.
fn(state => ({ ...state, csv: state.data.csv, data: [] }));
parseCsv($.csv);
broadcast(
  $.data,
  sendTemplate($.data.phone, 'visit_reminder', [$.data.name, $.data.date]),
  { key: $.data.visitId, defaultCountry: 'KE' },
);
fn(state => {
  const { sent, failures } = state.data.summary;
  console.log(`${sent} reminders sent`);
  for (const { count, fix } of failures) console.log(`${count} failed: ${fix}`);
  return state;
});
