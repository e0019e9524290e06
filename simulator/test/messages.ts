import type { Json } from './call';

// One good message of each kind. The people, places and IDs are invented.

export const WAMID = 'wamid.HBgLaW52ZW50ZWQtbWVzc2FnZQ==';

export const KINDS: Record<string, Json> = {
  text: { type: 'text', text: { body: 'Good morning', preview_url: false } },
  image: { type: 'image', image: { id: '9001', caption: 'The new well' } },
  video: {
    type: 'video',
    video: { link: 'https://clinic.example/hands.mp4', caption: 'Wash them' },
  },
  audio: { type: 'audio', audio: { id: '9002', voice: true } },
  document: {
    type: 'document',
    document: { id: '9003', filename: 'card.pdf', caption: 'Your card' },
  },
  sticker: { type: 'sticker', sticker: { id: '9004' } },
  location: {
    type: 'location',
    location: { latitude: '-1.25', longitude: 36.5, name: 'Clinic' },
  },
  contacts: {
    type: 'contacts',
    contacts: [
      {
        name: { formatted_name: 'Nurse Adaeze', first_name: 'Adaeze' },
        phones: [{ phone: '+1 555 0101', type: 'Ward', wa_id: '15550101' }],
        emails: [{ email: 'adaeze@clinic.example', type: 'Work' }],
        urls: [{ url: 'https://clinic.example', type: 'Clinic' }],
        addresses: [{ street: '1 Well Road', city: 'Green Valley' }],
        org: { company: 'Clinic', department: 'Maternity', title: 'Nurse' },
        birthday: '1990-02-28',
      },
    ],
  },
  reaction: { type: 'reaction', reaction: { message_id: WAMID, emoji: '👍🏾' } },
  pin: {
    to: 'R3JvdXBPZk1vdGhlcnM=',
    recipient_type: 'group',
    type: 'pin',
    pin: { type: 'pin', message_id: WAMID, expiration_days: 7 },
  },
};
