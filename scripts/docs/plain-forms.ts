/** How a job sends each kind of message with plain arguments. */
export const PLAIN_FORMS: Record<string, string> = {
  text: "sendMessage($.data.phone, 'Your visit is tomorrow at 9.');",
  image: `sendMedia($.data.phone, 'image', $.data.photoId, {
  caption: 'The way to the clinic.',
});`,
  audio:
    "sendMedia($.data.phone, 'audio', 'https://clinic.example/radio-spot.mp3');",
  video:
    "sendMedia($.data.phone, 'video', 'https://clinic.example/handwashing.mp4');",
  document: `sendMedia($.data.phone, 'document', {
  content: $.data.invoice,
  filename: 'invoice.pdf',
});`,
  sticker:
    "sendMedia($.data.phone, 'sticker', 'https://clinic.example/thanks.webp');",
  location: `sendLocation($.data.phone, {
  latitude: -1.2921,
  longitude: 36.8219,
  name: 'Hope Clinic',
  address: 'Moi Avenue, Nairobi',
});`,
  contacts: `sendContacts($.data.phone, {
  firstName: 'Amina',
  lastName: 'Yusuf',
  phone: '+254 700 000 001',
});`,
  reaction: "sendReaction($.data.phone, $.data.messageId, '👍');",
  template: `sendTemplate($.data.phone, 'visit_reminder', [
  $.data.name,
  $.data.visitDate,
]);`,
  'interactive button':
    "sendButtons($.data.phone, 'Will you come tomorrow?', ['Yes', 'No']);",
  'interactive list':
    "sendList($.data.phone, 'When can you come?', ['Thursday', 'Friday']);",
  'interactive cta_url': `sendUrlButton($.data.phone, 'The dates are out.', {
  display_text: 'See dates',
  url: 'https://clinic.example/dates',
});`,
  'interactive location_request_message':
    "requestLocation($.data.phone, 'Where shall the ambulance come?');",
  'interactive flow': `sendFlow($.data.phone, 'Please tell us about the birth.', {
  flow_id: '1234567890123456',
  flow_cta: 'Open the form',
});`,
};
