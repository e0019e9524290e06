// Reminds a patient of a visit with an approved template; needs data { phone, name, visitDate, visitId }.
sendTemplate(
  $.data.phone,
  'visit_reminder',
  { name: $.data.name, date: $.data.visitDate },
  { callbackData: $.data.visitId },
);
