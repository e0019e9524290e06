// Welcomes somebody who has just written; needs data { phone, name }.
sendMessage(
  $.data.phone,
  `Welcome to Hope Clinic, ${$.data.name}! We answer within one hour.`,
);
