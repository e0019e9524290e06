// Asks one question with three buttons; needs data { phone, visitId }.
sendButtons(
  $.data.phone,
  'How was your visit today?',
  [
    { id: `good:${$.data.visitId}`, title: 'Good' },
    { id: `fair:${$.data.visitId}`, title: 'Fair' },
    { id: `bad:${$.data.visitId}`, title: 'Bad' },
  ],
  { footer: 'Your answer helps us to improve.' },
);
