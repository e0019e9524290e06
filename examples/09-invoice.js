// Sends an invoice that another system made as base64; needs data { phone, name, invoice, visitId }.
sendMedia(
  $.data.phone,
  'document',
  { content: $.data.invoice, filename: `invoice-${$.data.visitId}.pdf` },
  { caption: `Dear ${$.data.name}, this is your invoice.` },
);
