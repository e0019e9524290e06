// Reminds everybody on a CSV list of their visit, at the pace that WhatsApp allows; needs data { csv }.
fn(state => {
  const [names, ...lines] = state.data.csv.trim().split(/\r?\n/);
  const fields = names.split(',');
  const patients = lines.map(line =>
    Object.fromEntries(line.split(',').map((value, i) => [fields[i], value])),
  );
  return { ...state, data: patients };
});
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
