// Four messages to one patient: text, template, buttons and location; needs data { phone, name, visitDate, clinic }.
fn(state => ({ ...state, patient: state.data }));
sendMessage(
  $.patient.phone,
  `Hello ${$.patient.name}, this is ${$.patient.clinic.name}.`,
);
sendTemplate($.patient.phone, 'visit_reminder', [
  $.patient.name,
  $.patient.visitDate,
]);
sendButtons($.patient.phone, 'Will you come?', ['Yes', 'No']);
sendLocation($.patient.phone, $.patient.clinic);
